#include "os/random.h"

#include <algorithm>

// clang-format off: bcrypt.h needs the types of the other.
#include "os/windows/win32.h"
#include <bcrypt.h>
// clang-format on

namespace ringwire {

bool FillRandom(void* bytes, size_t length, SystemError* error) {
  constexpr size_t kMost = size_t{1} << 20;
  auto* next = static_cast<unsigned char*>(bytes);
  while (length > 0) {
    const size_t part = std::min(length, kMost);
    const NTSTATUS status =
        BCryptGenRandom(nullptr, next, static_cast<ULONG>(part),
                        BCRYPT_USE_SYSTEM_PREFERRED_RNG);
    if (status < 0) {
      *error = {"BCryptGenRandom", static_cast<int>(status)};
      return false;
    }
    next += part;
    length -= part;
  }
  return true;
}

}  // namespace ringwire
