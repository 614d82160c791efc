#include "os/process.h"

#include <unistd.h>

namespace ringwire {

bool IsCurrentProcess(ProcessId process) {
  return process == static_cast<ProcessId>(getpid());
}

std::string CurrentUser() { return std::to_string(getuid()); }

}  // namespace ringwire
