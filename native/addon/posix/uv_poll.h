#ifndef RINGWIRE_ADDON_POSIX_UV_POLL_H_
#define RINGWIRE_ADDON_POSIX_UV_POLL_H_

#include <memory>

#include "addon/loop_watch.h"

namespace ringwire {

// uv_poll on one descriptor, for these events of libuv's. Null on failure.
std::unique_ptr<LoopWatch> PollWithUv(napi_env env, int descriptor, int events,
                                      LoopWatch::Callback callback, void* data,
                                      SystemError* error);

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_POSIX_UV_POLL_H_
