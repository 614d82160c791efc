#include <uv.h>

#include <cerrno>
#include <utility>

#include "addon/environment.h"
#include "addon/loop_watch.h"

namespace ringwire {
namespace {

// The part that libuv must be able to outlive its owner by: a handle is only
// free once its close callback has run. The environment waits for that at its
// end, through the asynchronous clean-up hook.
class UvPoll {
 public:
  static UvPoll* Open(napi_env env, int descriptor, WatchFor what,
                      LoopWatch::Callback callback, void* data) {
    uv_loop_t* loop = nullptr;
    if (napi_get_uv_event_loop(env, &loop) != napi_ok) return nullptr;
    auto* poll = new UvPoll(env, callback, data);
    const int failed = uv_poll_init(loop, &poll->handle_, descriptor);
    if (failed != 0) {
      delete poll;
      errno = -failed;
      return nullptr;
    }
    poll->handle_.data = poll;
    const int readable = what == WatchFor::kReadable ? UV_READABLE : 0;
    uv_poll_start(&poll->handle_, readable | UV_DISCONNECT, OnReady);
    napi_add_async_cleanup_hook(env, OnEnvironmentEnd, poll, &poll->hook_);
    return poll;
  }

  void Close() {
    callback_ = nullptr;
    if (!uv_is_closing(Handle())) uv_close(Handle(), OnClosed);
    owned_ = false;
    DeleteIfDone();
  }

  uv_handle_t* Handle() { return reinterpret_cast<uv_handle_t*>(&handle_); }

 private:
  UvPoll(napi_env env, LoopWatch::Callback callback, void* data)
      : env_(env), callback_(callback), data_(data) {}

  static void OnReady(uv_poll_t* handle, int /*status*/, int /*events*/) {
    auto* self = static_cast<UvPoll*>(handle->data);
    // Node runs the loop once more while it takes an environment down, before
    // any clean-up hook.
    if (!CanCallIntoJs(self->env_)) {
      uv_poll_stop(handle);
    } else if (self->callback_ != nullptr) {
      self->callback_(self->data_);
    }
  }

  static void OnClosed(uv_handle_t* handle) {
    auto* self = static_cast<UvPoll*>(handle->data);
    napi_remove_async_cleanup_hook(self->hook_);
    self->closed_ = true;
    self->DeleteIfDone();
  }

  static void OnEnvironmentEnd(napi_async_cleanup_hook_handle /*hook*/,
                               void* data) {
    auto* self = static_cast<UvPoll*>(data);
    self->callback_ = nullptr;
    if (!uv_is_closing(self->Handle())) uv_close(self->Handle(), OnClosed);
  }

  void DeleteIfDone() {
    if (closed_ && !owned_) delete this;
  }

  napi_env env_;
  uv_poll_t handle_{};
  napi_async_cleanup_hook_handle hook_ = nullptr;
  LoopWatch::Callback callback_;
  void* data_;
  bool owned_ = true;
  bool closed_ = false;
};

class UvWatch final : public LoopWatch {
 public:
  explicit UvWatch(UvPoll* poll) : poll_(poll) {}
  ~UvWatch() override { poll_->Close(); }
  UvWatch(const UvWatch&) = delete;
  UvWatch& operator=(const UvWatch&) = delete;

  void Ref() override { uv_ref(poll_->Handle()); }
  void Unref() override { uv_unref(poll_->Handle()); }

 private:
  UvPoll* poll_;
};

}  // namespace

std::unique_ptr<LoopWatch> WatchWithUv(napi_env env, int descriptor,
                                       WatchFor what,
                                       LoopWatch::Callback callback,
                                       void* data) {
  UvPoll* const poll = UvPoll::Open(env, descriptor, what, callback, data);
  if (poll == nullptr) return nullptr;
  return std::make_unique<UvWatch>(poll);
}

}  // namespace ringwire
