#ifndef RINGWIRE_ADDON_LOOP_WATCH_H_
#define RINGWIRE_ADDON_LOOP_WATCH_H_

#include <node_api.h>

#include <memory>

namespace ringwire {

// What a watch waits for. Either includes the end of the descriptor.
enum class WatchFor { kReadable, kHangUp };

// Calls back on this environment's thread whenever a descriptor is readable
// or hung up (level-triggered), outside of any JavaScript. Belongs to the
// environment's thread. Does not own the descriptor, which must stay open
// until the watch is destroyed; destroying it in its own callback is fine.
class LoopWatch {
 public:
  using Callback = void (*)(void* data);

  virtual ~LoopWatch() = default;
  // Whether this watch alone keeps the event loop alive; it does at first.
  virtual void Ref() = 0;
  virtual void Unref() = 0;
};

// Any Node environment: uv_poll. Null on failure; errno says why.
std::unique_ptr<LoopWatch> WatchWithUv(napi_env env, int descriptor,
                                       WatchFor what,
                                       LoopWatch::Callback callback,
                                       void* data);

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_LOOP_WATCH_H_
