#include <dlfcn.h>

namespace {

// A thread of os/closer.h may outlive the last environment that loaded the
// addon, which Node then unloads. Where the system refuses, that is what
// happens.
[[gnu::constructor]] void StayLoaded() {
  Dl_info self{};
  if (dladdr(reinterpret_cast<const void*>(&StayLoaded), &self) == 0) return;
  dlopen(self.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

}  // namespace
