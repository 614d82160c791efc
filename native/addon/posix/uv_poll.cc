#include "addon/posix/uv_poll.h"

#include "addon/uv_source.h"

namespace ringwire {
namespace {

class UvPoll final : public UvSource {
 public:
  UvPoll(napi_env env, int descriptor, int events, LoopWatch::Callback callback,
         void* data)
      : UvSource(env, callback, data),
        descriptor_(descriptor),
        events_(events) {}

 private:
  int Start(uv_loop_t* loop, const char** call) override {
    *call = "uv_poll_init";
    const int failed = uv_poll_init(loop, &poll_, descriptor_);
    if (failed != 0) return failed;
    Own(reinterpret_cast<uv_handle_t*>(&poll_));
    *call = "uv_poll_start";
    return uv_poll_start(&poll_, events_, [](uv_poll_t* handle, int, int) {
      auto* source = Of(reinterpret_cast<uv_handle_t*>(handle));
      static_cast<UvPoll*>(source)->CallBack();
    });
  }

  void Stop() override {
    if (poll_.data != nullptr) uv_poll_stop(&poll_);
  }

  const int descriptor_;
  const int events_;
  uv_poll_t poll_{};
};

}  // namespace

std::unique_ptr<LoopWatch> PollWithUv(napi_env env, int descriptor, int events,
                                      LoopWatch::Callback callback, void* data,
                                      SystemError* error) {
  return WatchBy(new UvPoll(env, descriptor, events, callback, data), error);
}

}  // namespace ringwire
