#ifndef RINGWIRE_OS_BUTTON_H_
#define RINGWIRE_OS_BUTTON_H_

#include <utility>

#include "os/handle.h"
#include "os/system_error.h"

namespace ringwire {

// The outside of a doorbell: whoever holds it can wake the event loop behind
// the doorbell. Owns one descriptor. Any thread.
class Button {
 public:
  Button() = default;

  [[nodiscard]] static bool Create(Button* button, SystemError* error);
  // Takes a descriptor that a peer sent. If it is no button, only the peer is
  // harmed.
  static Button Adopt(Handle handle) { return Button(std::move(handle)); }

  void Press();
  const Handle& handle() const { return handle_; }

 private:
  explicit Button(Handle handle) : handle_(std::move(handle)) {}

  Handle handle_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_BUTTON_H_
