#include "os/thread.h"

#include "os/windows/win32.h"

namespace ringwire {

uint32_t CurrentThread() { return GetCurrentThreadId(); }

}  // namespace ringwire
