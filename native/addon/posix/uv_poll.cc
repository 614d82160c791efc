#include "addon/posix/uv_poll.h"

#include <uv.h>

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

// uv_poll, for one descriptor. The part that may outlive its owner: libuv frees
// a handle only once its close callback has run. At its end the environment
// waits for that, through the asynchronous clean-up hook.
class UvPoll {
 public:
  static UvPoll* Open(napi_env env, int descriptor, int events,
                      LoopWatch::Callback callback, void* data,
                      SystemError* error) {
    uv_loop_t* loop = nullptr;
    if (napi_get_uv_event_loop(env, &loop) != napi_ok) {
      *error = InvalidArgument("napi_get_uv_event_loop");
      return nullptr;
    }
    auto* poll = new UvPoll(env, callback, data);
    const int failed = poll->Init(loop, descriptor);
    if (failed != 0) {
      poll->Close();
      *error = {"uv_poll_init", -failed};
      return nullptr;
    }
    uv_poll_start(&poll->poll_, events, OnReady);
    // Electron waits in a thread of its own, and learns of a new descriptor
    // when it runs libuv next.
    uv_async_send(&poll->again_);
    return poll;
  }

  void Close() {
    callback_ = nullptr;
    owned_ = false;
    CloseHandles();
    DeleteIfDone();
  }

  uv_handle_t* Handle() { return reinterpret_cast<uv_handle_t*>(&poll_); }

 private:
  UvPoll(napi_env env, LoopWatch::Callback callback, void* data)
      : env_(env), callback_(callback), data_(data) {}

  // Returns 0 or libuv's error.
  int Init(uv_loop_t* loop, int descriptor) {
    poll_.data = this;
    again_.data = this;
    int failed = uv_poll_init(loop, &poll_, descriptor);
    if (failed != 0) return failed;
    ++open_handles_;
    napi_add_async_cleanup_hook(env_, OnEnvironmentEnd, this, &hook_);
    failed = uv_async_init(loop, &again_, OnAgain);
    if (failed != 0) return failed;
    ++open_handles_;
    uv_unref(reinterpret_cast<uv_handle_t*>(&again_));
    return 0;
  }

  static void OnReady(uv_poll_t* handle, int /*status*/, int /*events*/) {
    static_cast<UvPoll*>(handle->data)->CallBack();
  }

  static void OnAgain(uv_async_t* handle) {
    static_cast<UvPoll*>(handle->data)->CallBack();
  }

  void CallBack() {
    switch (AccessToJs(env_)) {
      case JsAccess::kOpen:
        barred_ = 0;
        if (callback_ != nullptr) callback_(data_);
        break;
      case JsAccess::kBarred:
        // Node waits here in any case, so the pause delays nobody.
        if (++barred_ > kMostBarred) std::this_thread::sleep_for(kPause);
        // This makes the loop come back, whoever runs it then: a poll that has
        // reported an error reports nothing more.
        uv_async_send(&again_);
        break;
      case JsAccess::kEnded:
        // Node runs the loop while it takes an environment down, before any
        // clean-up hook.
        uv_poll_stop(&poll_);
        break;
    }
  }

  static void OnClosed(uv_handle_t* handle) {
    auto* self = static_cast<UvPoll*>(handle->data);
    if (--self->open_handles_ > 0) return;
    napi_remove_async_cleanup_hook(self->hook_);
    self->DeleteIfDone();
  }

  static void OnEnvironmentEnd(napi_async_cleanup_hook_handle /*hook*/,
                               void* data) {
    auto* self = static_cast<UvPoll*>(data);
    self->callback_ = nullptr;
    self->CloseHandles();
  }

  void CloseHandles() {
    if (std::exchange(closing_, true)) return;
    if (open_handles_ > 0) uv_close(Handle(), OnClosed);
    if (open_handles_ > 1) {
      uv_close(reinterpret_cast<uv_handle_t*>(&again_), OnClosed);
    }
  }

  void DeleteIfDone() {
    if (open_handles_ == 0 && !owned_) delete this;
  }

  napi_env env_;
  uv_poll_t poll_{};
  uv_async_t again_{};  // makes the loop call back once more
  int open_handles_ = 0;
  napi_async_cleanup_hook_handle hook_ = nullptr;
  LoopWatch::Callback callback_;
  void* data_;
  int barred_ = 0;  // times in a row
  bool closing_ = false;
  bool owned_ = true;
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

std::unique_ptr<LoopWatch> PollWithUv(napi_env env, int descriptor, int events,
                                      LoopWatch::Callback callback, void* data,
                                      SystemError* error) {
  UvPoll* const poll =
      UvPoll::Open(env, descriptor, events, callback, data, error);
  if (poll == nullptr) return nullptr;
  return std::make_unique<UvWatch>(poll);
}

}  // namespace ringwire
