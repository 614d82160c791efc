#ifndef RINGWIRE_OS_LINUX_STATE_H_
#define RINGWIRE_OS_LINUX_STATE_H_

#include <cstddef>

#include "os/handle.h"

namespace ringwire {

struct SocketState {
  Handle handle;
  bool listening = false;
  Handle spare;  // listening only: makes room to refuse a peer
};

// An epoll instance; its buttons are eventfds in it.
struct DoorbellState {
  Handle handle;
};

// A futex is the word itself.
struct WaiterState {};

constexpr size_t kWaiterHandles = 0;

}  // namespace ringwire

#endif  // RINGWIRE_OS_LINUX_STATE_H_
