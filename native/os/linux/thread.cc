#include "os/thread.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace ringwire {

uint32_t CurrentThread() {
  // gettid() is not in every C library that this builds with.
  return static_cast<uint32_t>(syscall(SYS_gettid));
}

bool IsCurrentThread(pid_t process, uint32_t thread) {
  return process == getpid() && thread == CurrentThread();
}

}  // namespace ringwire
