#include "os/waiter.h"

#include <algorithm>
#include <climits>

#include "os/shared_word.h"

namespace ringwire {
namespace {

// A wait on a word cannot wait for the socket as well. Long enough to cost
// nothing, short enough to count as "at once" for a person.
constexpr uint64_t kSliceNs = 10'000'000;

}  // namespace

// The words in the segment are all that is needed.
bool Waiter::CreatePair(Waiter* /*acceptors*/, Waiter* /*connectors*/,
                        std::vector<Handle>* /*for_connector*/,
                        SystemError* /*error*/) {
  return true;
}

void Waiter::AdoptPair(Handle* /*handles*/, Waiter* /*connectors*/,
                       Waiter* /*acceptors*/) {}

void Waiter::Wait(std::atomic<uint32_t>* word, uint32_t expected,
                  const Socket& /*socket*/, uint64_t timeout_ns) {
  WaitOnWord(word, expected, std::min(timeout_ns, kSliceNs));
}

void Waiter::Wake(std::atomic<uint32_t>* word) { WakeOnWord(word, INT_MAX); }

}  // namespace ringwire
