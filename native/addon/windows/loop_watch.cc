#include "addon/loop_watch.h"

#include "addon/uv_source.h"
#include "addon/windows/signal_wait.h"

namespace ringwire {
namespace {

// libuv waits on a completion port and on nothing else, so threads of the
// system's pool wait, and tell it.
class UvWait final : public UvSource {
 public:
  UvWait(napi_env env, Waitable waitable, LoopWatch::Callback callback,
         void* data)
      : UvSource(env, callback, data), waitable_(waitable) {}

 private:
  int Start(uv_loop_t* /*loop*/, const char** call) override {
    *call = "CreateThreadpoolWait";
    const auto call_soon = [](void* self) {
      static_cast<UvWait*>(self)->CallSoon();
    };
    return wait_.Start(waitable_, call_soon, this) ? 0 : UV_ENOMEM;
  }
  void Stop() override { wait_.Stop(); }
  void GoOn() override { wait_.GoOn(); }

  const Waitable waitable_;
  SignalWait wait_;
};

}  // namespace

std::unique_ptr<LoopWatch> WatchWithUv(napi_env env, Waitable waitable,
                                       WatchFor /*what*/,
                                       LoopWatch::Callback callback, void* data,
                                       SystemError* error) {
  return WatchBy(new UvWait(env, waitable, callback, data), error);
}

}  // namespace ringwire
