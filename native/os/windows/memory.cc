#include "os/memory.h"

namespace ringwire {

// Large pages take a privilege here that users do not have.
void PreferLargePages(void* /*data*/, size_t /*size*/) {}

// PrefetchVirtualMemory reads what is on a disk. Nothing makes zeroed pages
// before they are written.
void ExpectWrites(void* /*data*/, size_t /*size*/) {}

}  // namespace ringwire
