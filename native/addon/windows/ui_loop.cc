#include "addon/ui_loop.h"
namespace ringwire {
std::shared_ptr<UiLoop> UiLoop::Open(const Listener&) { return nullptr; }
}
