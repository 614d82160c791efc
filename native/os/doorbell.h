#ifndef RINGWIRE_OS_DOORBELL_H_
#define RINGWIRE_OS_DOORBELL_H_

#include "os/handle.h"
#include "os/system_error.h"

namespace ringwire {

// Wakes the event loop of another process. Both sides hold a descriptor of the
// same doorbell: one rings, the other waits until handle() is readable and
// drains. Rings before a drain count as one.
class Doorbell {
 public:
  Doorbell() = default;

  [[nodiscard]] static bool Create(Doorbell* doorbell, SystemError* error);
  // Takes a descriptor that a peer sent; whether it is a doorbell shows in use
  // and harms nobody but the peer.
  static Doorbell Adopt(Handle handle);

  void Ring();
  // Never blocks, whatever the peer did to the flags it shares with us.
  void Drain();
  const Handle& handle() const { return handle_; }

 private:
  Handle handle_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_DOORBELL_H_
