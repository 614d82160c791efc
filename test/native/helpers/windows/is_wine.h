#ifndef RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_IS_WINE_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_IS_WINE_H_

#include "os/windows/win32.h"

namespace ringwire {

// Whether this is no Windows, and some checks would find wine's gaps.
inline bool IsWine() {
  return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") !=
         nullptr;
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_IS_WINE_H_
