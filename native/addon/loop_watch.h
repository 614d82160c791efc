#ifndef RINGWIRE_ADDON_LOOP_WATCH_H_
#define RINGWIRE_ADDON_LOOP_WATCH_H_

#include <node_api.h>

#include <memory>

#include "os/native.h"
#include "os/system_error.h"

namespace ringwire {

// What a watch waits for. Either includes the end of what is watched.
enum class WatchFor { kReadable, kHangUp };

// Calls back on this environment's thread whenever something is ready or hung
// up (level-triggered), outside of any JavaScript. Belongs to the environment's
// thread. Does not own what it watches, which must stay open until the watch is
// destroyed; destroying it in its own callback is fine.
class LoopWatch {
 public:
  using Callback = void (*)(void* data);

  virtual ~LoopWatch() = default;
  // Whether this watch alone keeps the event loop alive; it does at first.
  virtual void Ref() = 0;
  virtual void Unref() = 0;
};

// On libuv's loop, in any Node environment; how is a matter of the system, see
// addon/linux/loop_watch.cc. Null on failure.
std::unique_ptr<LoopWatch> WatchWithUv(napi_env env, Waitable waitable,
                                       WatchFor what,
                                       LoopWatch::Callback callback, void* data,
                                       SystemError* error);

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_LOOP_WATCH_H_
