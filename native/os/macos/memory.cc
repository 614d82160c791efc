#include "os/memory.h"

namespace ringwire {

// XNU takes neither as a request: there are large pages only on Intel, chosen
// when memory is made, and none are made ahead of their first use.
void PreferLargePages(void* /*data*/, size_t /*size*/) {}
void ExpectWrites(void* /*data*/, size_t /*size*/) {}

}  // namespace ringwire
