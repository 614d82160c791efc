#include "addon/uv_source.h"

#include <chrono>
#include <thread>
#include <utility>

#include "addon/environment.h"

namespace ringwire {
namespace {

// How often in a row JavaScript may be refused before the thread pauses. Most
// environments are freed within a few turns of the loop. One with requests
// under way in other threads has to wait for these.
constexpr int kMostBarred = 16;
constexpr auto kPause = std::chrono::milliseconds(1);

class UvWatch final : public LoopWatch {
 public:
  explicit UvWatch(UvSource* source) : source_(source) {}
  ~UvWatch() override { source_->Close(); }
  UvWatch(const UvWatch&) = delete;
  UvWatch& operator=(const UvWatch&) = delete;

  void Ref() override { source_->Ref(); }
  void Unref() override { source_->Unref(); }

 private:
  UvSource* source_;
};

}  // namespace

std::unique_ptr<LoopWatch> WatchBy(UvSource* source, SystemError* error) {
  if (source->Open(error)) return std::make_unique<UvWatch>(source);
  source->Close();
  return nullptr;
}

bool UvSource::Open(SystemError* error) {
  uv_loop_t* loop = nullptr;
  if (napi_get_uv_event_loop(env_, &loop) != napi_ok) {
    *error = InvalidArgument("napi_get_uv_event_loop");
    return false;
  }
  const char* call = "uv_async_init";
  int failed = uv_async_init(loop, &again_, [](uv_async_t* handle) {
    static_cast<UvSource*>(handle->data)->CallBack();
  });
  if (failed == 0) {
    again_.data = this;
    ++open_handles_;
    napi_add_async_cleanup_hook(env_, OnEnvironmentEnd, this, &hook_);
    failed = Start(loop, &call);
  }
  if (failed != 0) {
    *error = {call, -failed};
    return false;
  }
  // Electron waits in a thread of its own, and learns of a new descriptor when
  // it runs libuv next.
  CallSoon();
  return true;
}

void UvSource::Close() {
  callback_ = nullptr;
  owned_ = false;
  CloseHandles();
  DeleteIfDone();
}

void UvSource::Own(uv_handle_t* handle) {
  handle->data = this;
  more_ = handle;
  ++open_handles_;
  uv_unref(handle);
}

void UvSource::CallBack() {
  if (closing_) return;
  switch (AccessToJs(env_)) {
    case JsAccess::kOpen:
      barred_ = 0;
      if (callback_ != nullptr) callback_(data_);
      // The callback may have closed it, which takes a turn of the loop.
      if (!closing_) GoOn();
      break;
    case JsAccess::kBarred:
      // Node waits here in any case, so the pause delays nobody.
      if (++barred_ > kMostBarred) std::this_thread::sleep_for(kPause);
      // This makes the loop come back, whoever runs it then.
      CallSoon();
      break;
    case JsAccess::kEnded:
      // Node runs the loop while it takes an environment down, before any
      // clean-up hook.
      Stop();
      break;
  }
}

void UvSource::OnClosed(uv_handle_t* handle) {
  UvSource* const self = Of(handle);
  if (--self->open_handles_ > 0) return;
  napi_remove_async_cleanup_hook(self->hook_);
  self->DeleteIfDone();
}

void UvSource::OnEnvironmentEnd(napi_async_cleanup_hook_handle /*hook*/,
                                void* data) {
  auto* self = static_cast<UvSource*>(data);
  self->callback_ = nullptr;
  self->CloseHandles();
}

void UvSource::CloseHandles() {
  if (std::exchange(closing_, true)) return;
  Stop();
  if (more_ != nullptr) uv_close(more_, OnClosed);
  if (open_handles_ > 0) uv_close(again(), OnClosed);
}

void UvSource::DeleteIfDone() {
  if (open_handles_ == 0 && !owned_) delete this;
}

}  // namespace ringwire
