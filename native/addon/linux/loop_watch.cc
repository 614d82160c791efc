#include "addon/loop_watch.h"

#include <uv.h>

#include "addon/posix/uv_poll.h"

namespace ringwire {

std::unique_ptr<LoopWatch> WatchWithUv(napi_env env, Waitable waitable,
                                       WatchFor what,
                                       LoopWatch::Callback callback, void* data,
                                       SystemError* error) {
  const int readable = what == WatchFor::kReadable ? UV_READABLE : 0;
  return PollWithUv(env, waitable, readable | UV_DISCONNECT, callback, data,
                    error);
}

}  // namespace ringwire
