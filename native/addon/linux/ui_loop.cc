#include "addon/ui_loop.h"

#include <cstddef>
#include <memory>
#include <utility>

#include "addon/linux/glib.h"
#include "addon/resting_loop.h"
#include "link/spin.h"

namespace ringwire {
namespace {

// Chromium's own work source has G_PRIORITY_DEFAULT_IDLE. With the same
// priority GLib serves both in turn, and input events before either.
constexpr int kWatchPriority = 200;
// GLib asks no further sources once one of a higher priority is ready.
constexpr int kPreparePriority = -1000;

constexpr uint64_t kNsPerMs = 1'000'000;

// A GSource whose prepare() runs before each iteration, and that is never
// ready itself.
struct PrepareSource {
  alignas(std::max_align_t) unsigned char glib[kGlibSourceBytes];
  int (*prepare)(void* data, uintptr_t frame);
  void* data;
};

int PrepareIteration(GSource* source, int* timeout_ms) {
  const auto* self = reinterpret_cast<PrepareSource*>(source);
  const auto frame = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  *timeout_ms = self->prepare(self->data, frame);
  return 0;
}

int NeverReady(GSource* /*source*/) { return 0; }

GSourceFuncs prepare_functions = {
    PrepareIteration, NeverReady, nullptr, nullptr, {}};

// Chromium's UI thread runs a GLib main loop on Linux. A GLib source wakes that
// thread directly; uv_poll would go through another thread of Electron, and
// take twice as long.
//
// The outermost loop iterates from the same frame of the stack each time. (The
// depth of GLib's dispatches does not show it: Chromium also runs tasks between
// iterations.)
class GlibLoop final : public RestingLoop {
 public:
  GlibLoop(const Glib& glib, const Listener& listener);
  ~GlibLoop() override;
  GlibLoop(const GlibLoop&) = delete;
  GlibLoop& operator=(const GlibLoop&) = delete;

  std::unique_ptr<LoopWatch> Watch(Waitable waitable, WatchFor what,
                                   LoopWatch::Callback callback, void* data,
                                   SystemError* error) override;
  [[nodiscard]] bool in_watch() const override {
    return watch_depth_ != 0 && watch_depth_ == Depth();
  }
  void Iterate(bool (*is_done)(void* data), void* data,
               uint64_t deadline) override;

 private:
  class FdWatch;

  // Of the dispatches of sources under way.
  [[nodiscard]] uintptr_t Depth() const {
    return static_cast<uintptr_t>(glib_.main_depth());
  }
  uintptr_t EnterWatch() override {
    return std::exchange(watch_depth_, Depth());
  }
  void LeaveWatch(uintptr_t outer) override { watch_depth_ = outer; }
  // Before each iteration of a loop, called from this frame of the stack.
  // Returns in how many ms the iteration is to end, -1 for never.
  int Prepare(uintptr_t frame);

  const Glib& glib_;
  GSource* source_;
  uintptr_t watch_depth_ = 0;  // of the innermost watch; 0: none
  uint64_t deadline_ = 0;      // of the innermost Iterate(); 0: none
};

// A descriptor in a GlibLoop.
class GlibLoop::FdWatch final : public RestingLoop::RestingWatch {
 public:
  FdWatch(std::shared_ptr<RestingLoop> loop, const Glib& glib, int descriptor,
          WatchFor what, Callback callback, void* data)
      : RestingLoop::RestingWatch(std::move(loop), callback, data),
        glib_(glib),
        descriptor_(descriptor),
        condition_((what == WatchFor::kReadable ? kGlibIn : 0) | kGlibError |
                   kGlibHangUp) {
    FdWatch::Attach();
  }
  ~FdWatch() override { FdWatch::Detach(); }
  FdWatch(const FdWatch&) = delete;
  FdWatch& operator=(const FdWatch&) = delete;

 private:
  void Attach() override {
    source_ = glib_.unix_fd_source_new(descriptor_, condition_);
    glib_.source_set_priority(source_, kWatchPriority);
    glib_.source_set_can_recurse(source_, 1);
    glib_.source_set_callback(source_, OnDispatch, this, nullptr);
    glib_.source_attach(source_, nullptr);
  }

  void Detach() override {
    if (source_ == nullptr) return;
    // GLib itself holds the source while its callback runs.
    glib_.source_destroy(source_);
    glib_.source_unref(std::exchange(source_, nullptr));
  }

  static int OnDispatch(int /*descriptor*/, int /*condition*/, void* data) {
    static_cast<FdWatch*>(data)->OnReady();
    return kGlibContinue;
  }

  const Glib& glib_;
  const int descriptor_;
  const int condition_;
  GSource* source_ = nullptr;  // null while it rests
};

GlibLoop::GlibLoop(const Glib& glib, const Listener& listener)
    : RestingLoop(listener, 0),
      glib_(glib),
      source_(glib.source_new(&prepare_functions, sizeof(PrepareSource))) {
  auto* prepare = reinterpret_cast<PrepareSource*>(source_);
  prepare->prepare = [](void* loop, uintptr_t frame) {
    return static_cast<GlibLoop*>(loop)->Prepare(frame);
  };
  prepare->data = this;
  glib_.source_set_priority(source_, kPreparePriority);
  glib_.source_attach(source_, nullptr);
}

GlibLoop::~GlibLoop() {
  glib_.source_destroy(source_);
  glib_.source_unref(source_);
}

// GLib never refuses.
std::unique_ptr<LoopWatch> GlibLoop::Watch(Waitable waitable, WatchFor what,
                                           LoopWatch::Callback callback,
                                           void* data, SystemError* /*error*/) {
  return std::make_unique<FdWatch>(shared_from_this(), glib_, waitable, what,
                                   callback, data);
}

int GlibLoop::Prepare(uintptr_t frame) {
  BeginIteration(frame);
  if (!nested() || deadline_ == 0) return -1;
  const uint64_t now = Now();
  return now >= deadline_ ? 0
                          : static_cast<int>((deadline_ - now) / kNsPerMs) + 1;
}

void GlibLoop::Iterate(bool (*is_done)(void* data), void* data,
                       uint64_t deadline) {
  const uint64_t outer = std::exchange(deadline_, deadline);
  while (!is_done(data) && Now() < deadline) {
    glib_.main_context_iteration(nullptr, 1);
  }
  deadline_ = outer;
}

}  // namespace

std::shared_ptr<UiLoop> UiLoop::Open(const Listener& listener) {
  const Glib* const glib = LoadedGlib();
  if (glib == nullptr) return nullptr;
  return std::make_shared<GlibLoop>(*glib, listener);
}

}  // namespace ringwire
