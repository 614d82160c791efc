#ifndef RINGWIRE_TEST_NATIVE_HELPERS_POSIX_READY_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_POSIX_READY_H_

#include <poll.h>

#include "os/native.h"

namespace ringwire {

inline bool IsNone(Waitable waitable) { return waitable == kNoHandle; }

// Whether it is ready, or becomes so in time; -1: waits for ever.
inline bool IsReady(Waitable waitable, int timeout_ms = 0) {
  pollfd ready{waitable, POLLIN, 0};
  return poll(&ready, 1, timeout_ms) > 0;
}

// Waits for ever until one of them is.
inline void AwaitEither(Waitable one, Waitable other) {
  pollfd ready[] = {{one, POLLIN, 0}, {other, POLLIN, 0}};
  poll(ready, 2, -1);
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_POSIX_READY_H_
