#include "addon/linux/glib.h"

#include <dlfcn.h>

#include <memory>

namespace ringwire {
namespace {

template <typename Function>
bool Find(const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
  return *function != nullptr;
}

}  // namespace

const Glib* LoadedGlib() {
  static const std::unique_ptr<Glib> glib = [] {
    auto found = std::make_unique<Glib>();
    const bool complete =
        Find("g_source_new", &found->source_new) &&
        Find("g_unix_fd_source_new", &found->unix_fd_source_new) &&
        Find("g_source_set_callback", &found->source_set_callback) &&
        Find("g_source_set_priority", &found->source_set_priority) &&
        Find("g_source_set_can_recurse", &found->source_set_can_recurse) &&
        Find("g_source_attach", &found->source_attach) &&
        Find("g_source_destroy", &found->source_destroy) &&
        Find("g_source_unref", &found->source_unref) &&
        Find("g_main_depth", &found->main_depth) &&
        Find("g_main_context_iteration", &found->main_context_iteration);
    return complete ? std::move(found) : nullptr;
  }();
  return glib.get();
}

}  // namespace ringwire
