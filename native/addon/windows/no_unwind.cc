// The C++ library throws where it finds no memory, and nobody in the addon
// catches: the process ends. For that it needs no unwinder; the one that would
// be linked exports its functions, which another addon could take for its own.

#include <cstdlib>

#include "os/windows/win32.h"

extern "C" {

// Called for frames of the library when anything at all goes wrong in them.
EXCEPTION_DISPOSITION _GCC_specific_handler(void* /*record*/, void* /*frame*/,
                                            void* /*context*/,
                                            void* /*dispatch*/,
                                            void* /*personality*/) {
  return ExceptionContinueSearch;
}

#define RINGWIRE_NEVER(name) \
  [[noreturn]] void name() { std::abort(); }
RINGWIRE_NEVER(_Unwind_DeleteException)
RINGWIRE_NEVER(_Unwind_GetIP)
RINGWIRE_NEVER(_Unwind_GetLanguageSpecificData)
RINGWIRE_NEVER(_Unwind_GetRegionStart)
RINGWIRE_NEVER(_Unwind_RaiseException)
RINGWIRE_NEVER(_Unwind_Resume)
RINGWIRE_NEVER(_Unwind_SetGR)
RINGWIRE_NEVER(_Unwind_SetIP)
#undef RINGWIRE_NEVER

}  // extern "C"
