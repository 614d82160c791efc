#include "addon/ui_loop.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "addon/linux/glib.h"
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
// The stack shows which loop iterates: the outermost one calls from the same
// address each time, a nested one from further down. (The depth of GLib's
// dispatches does not show it: Chromium also runs tasks between iterations.)
class GlibLoop final : public UiLoop,
                       public std::enable_shared_from_this<GlibLoop> {
 public:
  GlibLoop(const Glib& glib, const Listener& listener);
  ~GlibLoop() override;
  GlibLoop(const GlibLoop&) = delete;
  GlibLoop& operator=(const GlibLoop&) = delete;

  std::unique_ptr<LoopWatch> Watch(Waitable waitable, WatchFor what,
                                   LoopWatch::Callback callback, void* data,
                                   SystemError* error) override;
  void Resume() override;
  [[nodiscard]] bool in_watch() const override {
    return watch_depth_ != 0 && watch_depth_ == glib_.main_depth();
  }
  void Iterate(bool (*is_done)(void* data), void* data,
               uint64_t deadline) override;

 private:
  class FdWatch;

  void Rest(FdWatch* watch);
  void Forget(FdWatch* watch);
  void GoOn(bool leave);
  // Before each iteration of a loop, called from this frame of the stack.
  // Returns in how many ms the iteration is to end, -1 for never.
  int Prepare(uintptr_t frame);

  const Glib& glib_;
  GSource* source_;
  std::vector<FdWatch*> resting_;
  bool asked_ = false;             // on_rest was called, Resume() not yet
  uintptr_t frame_ = 0;            // of the last iteration
  uintptr_t outermost_frame_ = 0;  // stacks grow down: the highest ever seen
  uint64_t outermost_count_ = 0;   // iterations of the outermost loop
  int watch_depth_ = 0;    // main_depth() of the innermost watch; 0: none
  uint64_t deadline_ = 0;  // of the innermost Iterate(); 0: none
};

// A descriptor in a GlibLoop.
class GlibLoop::FdWatch final : public LoopWatch {
 public:
  FdWatch(std::shared_ptr<GlibLoop> loop, int descriptor, WatchFor what,
          Callback callback, void* data)
      : loop_(std::move(loop)),
        descriptor_(descriptor),
        condition_((what == WatchFor::kReadable ? kGlibIn : 0) | kGlibError |
                   kGlibHangUp),
        callback_(callback),
        data_(data) {
    Attach();
  }
  ~FdWatch() override {
    loop_->Forget(this);
    Detach();
  }
  FdWatch(const FdWatch&) = delete;
  FdWatch& operator=(const FdWatch&) = delete;

  // Electron does not end when its last handle is gone, so there is nothing to
  // count.
  void Ref() override {}
  void Unref() override {}

  // After a rest. `leave` allows one callback in a nested loop.
  void GoOn(bool leave) {
    if (leave) leave_until_ = loop_->outermost_count_ + 1;
    Attach();
  }

 private:
  void Attach() {
    const Glib& glib = loop_->glib_;
    source_ = glib.unix_fd_source_new(descriptor_, condition_);
    glib.source_set_priority(source_, kWatchPriority);
    glib.source_set_can_recurse(source_, 1);
    glib.source_set_callback(source_, OnReady, this, nullptr);
    glib.source_attach(source_, nullptr);
  }

  void Detach() {
    if (source_ == nullptr) return;
    // GLib itself holds the source while its callback runs.
    loop_->glib_.source_destroy(source_);
    loop_->glib_.source_unref(std::exchange(source_, nullptr));
  }

  static int OnReady(int /*descriptor*/, int /*condition*/, void* data) {
    auto* self = static_cast<FdWatch*>(data);
    // The callback may destroy the watch.
    const std::shared_ptr<GlibLoop> loop = self->loop_;
    const bool leave =
        std::exchange(self->leave_until_, 0) > loop->outermost_count_;
    if (loop->nested() && !leave) {
      self->Detach();
      loop->Rest(self);
      return kGlibContinue;
    }
    const int outer =
        std::exchange(loop->watch_depth_, loop->glib_.main_depth());
    self->callback_(self->data_);
    loop->watch_depth_ = outer;
    return kGlibContinue;
  }

  const std::shared_ptr<GlibLoop> loop_;
  const int descriptor_;
  const int condition_;
  const Callback callback_;
  void* const data_;
  GSource* source_ = nullptr;  // null while it rests
  uint64_t leave_until_ = 0;   // iteration of the outermost loop
};

GlibLoop::GlibLoop(const Glib& glib, const Listener& listener)
    : UiLoop(listener),
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
  return std::make_unique<FdWatch>(shared_from_this(), waitable, what, callback,
                                   data);
}

int GlibLoop::Prepare(uintptr_t frame) {
  outermost_frame_ = std::max(outermost_frame_, frame);
  const bool entered = frame < std::exchange(frame_, frame);
  const bool was_nested = std::exchange(nested_, frame < outermost_frame_);
  if (!nested_) {
    ++outermost_count_;
    GoOn(false);
    if (was_nested && listener_.data != nullptr) {
      listener_.on_outermost(listener_.data);
    }
    return -1;
  }
  if (entered && listener_.data != nullptr) {
    listener_.on_nested(listener_.data);
  }
  if (deadline_ == 0) return -1;
  const uint64_t now = Now();
  return now >= deadline_ ? 0
                          : static_cast<int>((deadline_ - now) / kNsPerMs) + 1;
}

void GlibLoop::Rest(FdWatch* watch) {
  resting_.push_back(watch);
  if (asked_ || listener_.data == nullptr) return;
  asked_ = true;
  listener_.on_rest(listener_.data);
}

void GlibLoop::Forget(FdWatch* watch) {
  resting_.erase(std::remove(resting_.begin(), resting_.end(), watch),
                 resting_.end());
}

void GlibLoop::Resume() {
  asked_ = false;
  GoOn(true);
}

void GlibLoop::GoOn(bool leave) {
  for (FdWatch* const watch : std::exchange(resting_, {})) watch->GoOn(leave);
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
