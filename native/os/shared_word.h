#ifndef RINGWIRE_OS_SHARED_WORD_H_
#define RINGWIRE_OS_SHARED_WORD_H_

#include <atomic>
#include <cstdint>

namespace ringwire {

// Threads that sleep on a word of memory which any number of processes share.
// The two sides of a link have a Waiter instead.

enum class WaitResult {
  kWoken,  // by a wake-up, a changed word, or for no reason: look again
  kTimeout,
};

// Puts this thread to sleep while `word` holds `expected`; at most
// `timeout_ns`.
WaitResult WaitOnWord(std::atomic<uint32_t>* word, uint32_t expected,
                      uint64_t timeout_ns);

// Wakes at most `count` of the threads that sleep on `word`, in whatever
// process; returns how many there were.
int WakeOnWord(std::atomic<uint32_t>* word, int count);

}  // namespace ringwire

#endif  // RINGWIRE_OS_SHARED_WORD_H_
