#ifndef RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_READY_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_READY_H_

#include <initializer_list>

#include "os/native.h"
#include "os/windows/win32.h"

namespace ringwire {

inline bool IsNone(Waitable waitable) {
  return waitable.first == kNoHandle && waitable.second == kNoHandle;
}

inline bool AwaitAny(std::initializer_list<Waitable> waitables,
                     int timeout_ms) {
  HANDLE handles[4];
  DWORD count = 0;
  for (const Waitable& each : waitables) {
    for (const NativeHandle handle : {each.first, each.second}) {
      if (handle != kNoHandle) handles[count++] = handle;
    }
  }
  const DWORD timeout =
      timeout_ms < 0 ? INFINITE : static_cast<DWORD>(timeout_ms);
  return WaitForMultipleObjects(count, handles, FALSE, timeout) < count;
}

// Whether it is ready, or becomes so in time; -1: waits for ever.
inline bool IsReady(Waitable waitable, int timeout_ms = 0) {
  return AwaitAny({waitable}, timeout_ms);
}

// Waits for ever until one of them is.
inline void AwaitEither(Waitable one, Waitable other) {
  AwaitAny({one, other}, -1);
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_READY_H_
