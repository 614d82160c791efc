#ifndef RINGWIRE_OS_DOORBELL_H_
#define RINGWIRE_OS_DOORBELL_H_

#include <utility>

#include "os/button.h"
#include "os/handle.h"
#include "os/native.h"
#include "os/state.h"
#include "os/system_error.h"

namespace ringwire {

// Wakes the event loop of its owner: waitable() is ready from the first press
// of one of its buttons until Drain(). Presses in between count as one. Used on
// the owner's thread.
//
// Only the owner holds what it waits on; peers hold buttons. See
// native/README.md, "Doorbells".
class Doorbell {
 public:
  // How many buttons a doorbell may have.
  static constexpr int kMostButtons = 2;

  Doorbell() = default;

  [[nodiscard]] static bool Create(Doorbell* doorbell, SystemError* error);
  // Takes a doorbell with one button that a peer sent; NewButton() fails when
  // it is none.
  static Doorbell Adopt(Handle handle);
  // To be sent to a peer, once it has its one button.
  Handle Release();

  // The button counts until all handles of it are closed, in whatever process.
  [[nodiscard]] bool NewButton(Button* button, SystemError* error);

  // Never blocks, whatever a peer does to the buttons.
  void Drain();
  Waitable waitable() const;

 private:
  DoorbellState state_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_DOORBELL_H_
