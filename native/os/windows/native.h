#ifndef RINGWIRE_OS_WINDOWS_NATIVE_H_
#define RINGWIRE_OS_WINDOWS_NATIVE_H_

#include <cstdint>

namespace ringwire {

// A HANDLE, without windows.h: its macros would reach all code.
using NativeHandle = void*;
constexpr NativeHandle kNoHandle = nullptr;

// What an event loop waits for: one of these is signalled, and stays so until
// its owner has looked. The second may be none.
struct Waitable {
  NativeHandle first = kNoHandle;
  NativeHandle second = kNoHandle;
};

// The number by which code outside of C++ names a handle of this process.
inline int64_t NumberOf(NativeHandle handle) {
  return reinterpret_cast<intptr_t>(handle);
}
// Handles are positive multiples of 4 below 2^32. What is negative stands for
// this process, or this thread, without being a handle.
inline NativeHandle HandleOf(int64_t number) {
  const bool is_handle =
      number > 0 && number <= INT64_C(0xffffffff) && number % 4 == 0;
  return is_handle ? reinterpret_cast<NativeHandle>(number) : kNoHandle;
}

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_NATIVE_H_
