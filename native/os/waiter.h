#ifndef RINGWIRE_OS_WAITER_H_
#define RINGWIRE_OS_WAITER_H_

#include <atomic>
#include <cstdint>
#include <vector>

#include "os/handle.h"
#include "os/socket.h"
#include "os/state.h"
#include "os/system_error.h"

namespace ringwire {

// Where the blocked thread of one side of a link sleeps. Each side has its own,
// and the peer's, which it wakes. The words lie in the segment of the link.
class Waiter {
 public:
  // Makes the waiters of both sides, those of the acceptor, and appends the
  // kWaiterHandles from which the connector makes the same two.
  [[nodiscard]] static bool CreatePair(Waiter* acceptors, Waiter* connectors,
                                       std::vector<Handle>* for_connector,
                                       SystemError* error);
  // The connector's, of exactly kWaiterHandles.
  static void AdoptPair(Handle* handles, Waiter* connectors, Waiter* acceptors);

  // Sleeps while `word` holds `expected`, until Wake(), or for `timeout_ns`.
  // Also until the peer closes its end of `socket`, where the system can wait
  // for both; where it cannot, for a few milliseconds only. Whoever comes back
  // looks at everything again.
  void Wait(std::atomic<uint32_t>* word, uint32_t expected,
            const Socket& socket, uint64_t timeout_ns);

  // Wakes who sleeps in it, on this word.
  void Wake(std::atomic<uint32_t>* word);

 private:
  [[maybe_unused]] WaiterState state_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_WAITER_H_
