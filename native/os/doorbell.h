#ifndef RINGWIRE_OS_DOORBELL_H_
#define RINGWIRE_OS_DOORBELL_H_

#include <utility>

#include "os/button.h"
#include "os/handle.h"
#include "os/system_error.h"

namespace ringwire {

// Wakes the event loop of its owner: handle() is readable from the first press
// of one of its buttons until Drain(). Presses in between count as one. Owns
// one descriptor; used on the owner's thread.
//
// Only the owner holds the descriptor that it waits on; peers hold buttons. See
// native/README.md, "Doorbells".
class Doorbell {
 public:
  // How many buttons a doorbell may have.
  static constexpr int kMostButtons = 2;

  Doorbell() = default;

  [[nodiscard]] static bool Create(Doorbell* doorbell, SystemError* error);
  // Takes a descriptor that a peer sent; AddButton() fails when it is not a
  // doorbell.
  static Doorbell Adopt(Handle handle) { return Doorbell(std::move(handle)); }

  // Borrows the button. It counts until all descriptors of it are closed, in
  // whatever process.
  [[nodiscard]] bool AddButton(const Button& button, SystemError* error);

  // Never blocks, whatever a peer does to the buttons.
  void Drain();
  const Handle& handle() const { return handle_; }

 private:
  explicit Doorbell(Handle handle) : handle_(std::move(handle)) {}

  Handle handle_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_DOORBELL_H_
