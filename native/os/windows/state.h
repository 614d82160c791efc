#ifndef RINGWIRE_OS_WINDOWS_STATE_H_
#define RINGWIRE_OS_WINDOWS_STATE_H_

#include <cstddef>
#include <memory>

#include "os/handle.h"

namespace ringwire {

class PipeChannel;
class PipeListener;

// One of them, or neither. The kernel writes into both while they wait, so they
// stay where they are when a Socket moves.
struct SocketState {
  SocketState();
  ~SocketState();
  SocketState(SocketState&& other) noexcept;
  SocketState& operator=(SocketState&& other) noexcept;

  std::unique_ptr<PipeChannel> channel;
  std::unique_ptr<PipeListener> listener;
};

// An event for each button, so that nobody can take back what another pressed.
// Not reset by a wait: whoever looks finds them pressed until Drain().
struct DoorbellState {
  Handle events[2];
};

// An event that is reset by the wait which it ends.
struct WaiterState {
  Handle event;
};

// Where the connector sleeps, and with what it wakes the acceptor.
constexpr size_t kWaiterHandles = 2;

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_STATE_H_
