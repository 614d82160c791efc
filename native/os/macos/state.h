#ifndef RINGWIRE_OS_MACOS_STATE_H_
#define RINGWIRE_OS_MACOS_STATE_H_

#include <cstddef>
#include <string>

#include "os/handle.h"

namespace ringwire {

struct SocketState {
  Handle handle;
  bool listening = false;
  // The rest: listening only.
  Handle spare;      // makes room to refuse a peer
  Handle lock;       // held: the file at `path` is ours
  std::string path;  // of the socket
};

// A kqueue, with the read ends of the pipes whose write ends are its buttons.
// One that travels is the read end of its only button.
struct DoorbellState {
  Handle queue;
  Handle presses[2];
};

// What a thread waits on is the word itself.
struct WaiterState {};

constexpr size_t kWaiterHandles = 0;

}  // namespace ringwire

#endif  // RINGWIRE_OS_MACOS_STATE_H_
