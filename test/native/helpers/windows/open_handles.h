#ifndef RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_OPEN_HANDLES_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_OPEN_HANDLES_H_

#include "os/closer.h"
#include "os/windows/win32.h"

namespace ringwire {

// How many handles this process has open, once those that are given up are
// closed; to be compared only.
inline DWORD OpenHandles() {
  while (IsClosing()) SwitchToThread();
  DWORD count = 0;
  GetProcessHandleCount(GetCurrentProcess(), &count);
  return count;
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_OPEN_HANDLES_H_
