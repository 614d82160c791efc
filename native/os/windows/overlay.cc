#include "os/overlay.h"

#include "os/windows/win32.h"

namespace ringwire {

// Windows cannot exchange pages that an allocator has reserved for a view of
// shared memory.
bool Overlay::Place(const Handle& /*memory*/, void* /*place*/, size_t /*size*/,
                    SystemError* error) {
  *error = {"MapViewOfFile3", ERROR_NOT_SUPPORTED};
  return false;
}

bool Overlay::Remove() { return !placed(); }

}  // namespace ringwire
