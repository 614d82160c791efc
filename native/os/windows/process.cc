#include "os/process.h"

#include "os/windows/security.h"
#include "os/windows/win32.h"

namespace ringwire {

bool IsCurrentProcess(ProcessId process) {
  return process == GetCurrentProcessId();
}

std::string CurrentUser() { return UserOf(GetCurrentProcess()); }

}  // namespace ringwire
