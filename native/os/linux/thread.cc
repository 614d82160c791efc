#include "os/thread.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace ringwire {

uint32_t CurrentThread() {
  // gettid() is not in every C library that this builds with.
  return static_cast<uint32_t>(syscall(SYS_gettid));
}

}  // namespace ringwire
