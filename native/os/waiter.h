#ifndef RINGWIRE_OS_WAITER_H_
#define RINGWIRE_OS_WAITER_H_

#include <atomic>
#include <climits>
#include <cstdint>

namespace ringwire {

enum class WaitResult {
  kWoken,  // by Wake(), a changed word, or for no reason: look again
  kTimeout,
};

// Puts this thread to sleep while `word`, in memory shared with another
// process, holds `expected`; at most `timeout_ns`.
WaitResult Wait(std::atomic<uint32_t>* word, uint32_t expected,
                uint64_t timeout_ns);

// Wakes at most `count` of the threads that sleep on `word`, in whatever
// process; returns how many there were.
int Wake(std::atomic<uint32_t>* word, int count = INT_MAX);

}  // namespace ringwire

#endif  // RINGWIRE_OS_WAITER_H_
