#include <dlfcn.h>

#include <memory>

#include "addon/loop_watch.h"

namespace ringwire {
namespace {

// The few declarations of glib.h that are needed, so that neither building
// nor loading the addon depends on GLib: the symbols are looked up in the
// process, where Chromium has loaded them.
struct GSource;
using SourceFunc = int (*)(int descriptor, int condition, void* data);
constexpr int kIn = 1;        // G_IO_IN
constexpr int kError = 8;     // G_IO_ERR
constexpr int kHangUp = 16;   // G_IO_HUP
constexpr int kContinue = 1;  // G_SOURCE_CONTINUE
// Chromium's own work source has G_PRIORITY_DEFAULT_IDLE. At the same level
// both are served in turn, and input events go before either.
constexpr int kPriority = 200;

struct Glib {
  GSource* (*unix_fd_source_new)(int descriptor, int condition);
  void (*source_set_callback)(GSource*, SourceFunc, void* data, void* notify);
  void (*source_set_priority)(GSource*, int priority);
  void (*source_set_can_recurse)(GSource*, int can_recurse);
  unsigned (*source_attach)(GSource*, void* context);
  void (*source_destroy)(GSource*);
  void (*source_unref)(GSource*);
};

template <typename Function>
bool Find(const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
  return *function != nullptr;
}

const Glib* LoadedGlib() {
  static const std::unique_ptr<Glib> glib = [] {
    auto found = std::make_unique<Glib>();
    const bool complete =
        Find("g_unix_fd_source_new", &found->unix_fd_source_new) &&
        Find("g_source_set_callback", &found->source_set_callback) &&
        Find("g_source_set_priority", &found->source_set_priority) &&
        Find("g_source_set_can_recurse", &found->source_set_can_recurse) &&
        Find("g_source_attach", &found->source_attach) &&
        Find("g_source_destroy", &found->source_destroy) &&
        Find("g_source_unref", &found->source_unref);
    return complete ? std::move(found) : nullptr;
  }();
  return glib.get();
}

class GlibWatch final : public LoopWatch {
 public:
  GlibWatch(const Glib& glib, int descriptor, WatchFor what, Callback callback,
            void* data)
      : glib_(glib),
        source_(glib.unix_fd_source_new(
            descriptor,
            (what == WatchFor::kReadable ? kIn : 0) | kError | kHangUp)),
        callback_(callback),
        data_(data) {
    glib_.source_set_priority(source_, kPriority);
    // So messages arrive in a modal dialog's loop too, where Electron's wait:
    // docs/semantics-notes.md.
    glib_.source_set_can_recurse(source_, 1);
    glib_.source_set_callback(source_, OnReady, this, nullptr);
    glib_.source_attach(source_, nullptr);
  }
  ~GlibWatch() override {
    // GLib itself holds the source while its callback runs.
    glib_.source_destroy(source_);
    glib_.source_unref(source_);
  }
  GlibWatch(const GlibWatch&) = delete;
  GlibWatch& operator=(const GlibWatch&) = delete;

  // The user interface, not a count of handles, keeps Electron running.
  void Ref() override {}
  void Unref() override {}

 private:
  static int OnReady(int /*descriptor*/, int /*condition*/, void* data) {
    auto* self = static_cast<GlibWatch*>(data);
    self->callback_(self->data_);
    return kContinue;
  }

  const Glib& glib_;
  GSource* source_;
  Callback callback_;
  void* data_;
};

}  // namespace

bool HasGlib() { return LoadedGlib() != nullptr; }

std::unique_ptr<LoopWatch> WatchWithGlib(int descriptor, WatchFor what,
                                         LoopWatch::Callback callback,
                                         void* data) {
  const Glib* const glib = LoadedGlib();
  if (glib == nullptr) return nullptr;
  return std::make_unique<GlibWatch>(*glib, descriptor, what, callback, data);
}

}  // namespace ringwire
