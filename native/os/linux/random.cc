#include "os/random.h"

#include <sys/random.h>

#include <cerrno>

namespace ringwire {

bool FillRandom(void* bytes, size_t length, SystemError* error) {
  auto* next = static_cast<char*>(bytes);
  while (length > 0) {
    // Short, or interrupted, only above 256 bytes or before the kernel's
    // generator is ready.
    const ssize_t filled = getrandom(next, length, 0);
    if (filled < 0 && errno == EINTR) continue;
    if (filled < 0) return Fail("getrandom", error);
    next += filled;
    length -= static_cast<size_t>(filled);
  }
  return true;
}

}  // namespace ringwire
