#include "os/thread.h"

#include <pthread.h>

namespace ringwire {

uint32_t CurrentThread() {
  uint64_t thread = 0;
  // Fails only for a thread that is no POSIX thread; its number is 0, too.
  if (pthread_threadid_np(nullptr, &thread) != 0) thread = 0;
  const auto number = static_cast<uint32_t>(thread);
  return number == 0 ? UINT32_MAX : number;
}

}  // namespace ringwire
