#ifndef RINGWIRE_OS_POSIX_NATIVE_H_
#define RINGWIRE_OS_POSIX_NATIVE_H_

#include <cstdint>

namespace ringwire {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "native/README.md: numbers are little-endian");

// A descriptor.
using NativeHandle = int;
constexpr NativeHandle kNoHandle = -1;

// What an event loop waits for: a descriptor that becomes readable.
using Waitable = int;

// The number by which code outside of C++ names a handle of this process.
constexpr int64_t NumberOf(NativeHandle handle) { return handle; }
constexpr NativeHandle HandleOf(int64_t number) {
  return number >= 0 && number <= INT32_MAX ? static_cast<NativeHandle>(number)
                                            : kNoHandle;
}

}  // namespace ringwire

#endif  // RINGWIRE_OS_POSIX_NATIVE_H_
