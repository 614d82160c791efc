#include "os/random.h"

#include <sys/random.h>

#include <algorithm>

namespace ringwire {
namespace {

// What the kernel gives at once.
constexpr size_t kMost = 256;

}  // namespace

bool FillRandom(void* bytes, size_t length, SystemError* error) {
  auto* next = static_cast<char*>(bytes);
  while (length > 0) {
    const size_t part = std::min(length, kMost);
    if (getentropy(next, part) != 0) return Fail("getentropy", error);
    next += part;
    length -= part;
  }
  return true;
}

}  // namespace ringwire
