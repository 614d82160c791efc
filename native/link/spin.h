#ifndef RINGWIRE_LINK_SPIN_H_
#define RINGWIRE_LINK_SPIN_H_

#include <chrono>
#include <cstdint>
#include <thread>

#include "os/pause.h"

namespace ringwire {

// Monotonic nanoseconds.
inline uint64_t Now() {
  return static_cast<uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(
          std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

// How long a spinning thread keeps its core to itself. A spinning peer answers
// within microseconds.
constexpr uint64_t kAloneNs = 10'000;

// Spins until `ready` holds or `nanoseconds` have passed; returns whether it
// holds. 0: checks once.
//
// After `alone` nanoseconds it yields the core to other threads between two
// checks: on a busy machine the peer itself may be waiting for it (`sendSync`
// in Electron with five times as many threads as cores: 40 us instead of 480).
template <typename Ready>
bool SpinUntil(uint64_t nanoseconds, Ready ready, uint64_t alone = kAloneNs) {
  if (ready()) return true;
  if (nanoseconds == 0) return false;
  // A clock read costs as much as a dozen checks.
  constexpr int kChecksPerClock = 16;
  const uint64_t start = Now();
  uint64_t spent = 0;
  do {
    if (spent >= alone) std::this_thread::yield();
    for (int i = 0; i < kChecksPerClock; ++i) {
      Pause();
      if (ready()) return true;
    }
    spent = Now() - start;
  } while (spent < nanoseconds);
  return false;
}

}  // namespace ringwire

#endif  // RINGWIRE_LINK_SPIN_H_
