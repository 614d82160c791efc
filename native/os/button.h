#ifndef RINGWIRE_OS_BUTTON_H_
#define RINGWIRE_OS_BUTTON_H_

#include <utility>

#include "os/handle.h"

namespace ringwire {

// The outside of a doorbell, which makes it: whoever holds it can wake the
// event loop behind the doorbell. Owns one handle. Any thread.
class Button {
 public:
  Button() = default;

  // Takes a handle that a peer sent. If it is no button, only the peer is
  // harmed.
  static Button Adopt(Handle handle) { return Button(std::move(handle)); }
  // To be sent to a peer.
  Handle Release() { return std::move(handle_); }

  void Press();
  const Handle& handle() const { return handle_; }

 private:
  explicit Button(Handle handle) : handle_(std::move(handle)) {}

  Handle handle_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_BUTTON_H_
