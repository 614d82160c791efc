#include "addon/ui_loop.h"

namespace ringwire {

// Electron's main process waits for libuv in a thread of its own, as on every
// system, and that is how it is woken here: nothing faster was run yet.
std::shared_ptr<UiLoop> UiLoop::Open(const Listener& /*listener*/) {
  return nullptr;
}

}  // namespace ringwire
