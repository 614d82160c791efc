#ifndef RINGWIRE_OS_WINDOWS_WIN32_H_
#define RINGWIRE_OS_WINDOWS_WIN32_H_

// The one place from which os/windows includes the system's header.

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>

#include "os/handle.h"

namespace ringwire {

// The same object with only these rights, for the same process. Not valid on
// failure, which GetLastError() explains.
inline Handle Restrict(NativeHandle from, DWORD access) {
  HANDLE made = nullptr;
  if (!DuplicateHandle(GetCurrentProcess(), from, GetCurrentProcess(), &made,
                       access, FALSE, 0)) {
    return Handle();
  }
  return Handle(made);
}

// `milliseconds` that some nanoseconds are, at least; never INFINITE.
inline DWORD ToMilliseconds(unsigned long long nanoseconds) {
  constexpr unsigned long long kNsPerMs = 1'000'000;
  const unsigned long long whole =
      nanoseconds / kNsPerMs + (nanoseconds % kNsPerMs != 0 ? 1 : 0);
  return whole < INFINITE ? static_cast<DWORD>(whole) : INFINITE - 1;
}

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_WIN32_H_
