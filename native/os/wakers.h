#ifndef RINGWIRE_OS_WAKERS_H_
#define RINGWIRE_OS_WAKERS_H_

#include <cstddef>
#include <vector>

#include "os/button.h"
#include "os/doorbell.h"
#include "os/handle.h"
#include "os/state.h"
#include "os/system_error.h"
#include "os/waiter.h"

namespace ringwire {

// All that wakes one side of a link, and that with which it wakes the other.
struct Wakers {
  Doorbell doorbell;   // wakes this side's event loop
  Button own_button;   // of this side's doorbell
  Button peer_button;  // of the peer's doorbell
  Waiter own_waiter;   // this side's blocked thread sleeps there
  Waiter peer_waiter;  // and the peer's there
};

// A doorbell, and a button of the peer's; then what the waiters need.
constexpr size_t kDoorbellHandles = 2;
constexpr size_t kWakerHandles = kDoorbellHandles + kWaiterHandles;

// Makes those of the acceptor, and the kWakerHandles from which the connector
// makes its own. What these are is a matter of the system: see
// native/README.md.
[[nodiscard]] bool CreateWakers(Wakers* mine, std::vector<Handle>* for_peer,
                                SystemError* error);

// Takes exactly kWakerHandles that an acceptor sent.
[[nodiscard]] bool AdoptWakers(Handle* handles, Wakers* mine,
                               SystemError* error);

}  // namespace ringwire

#endif  // RINGWIRE_OS_WAKERS_H_
