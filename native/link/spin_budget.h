#ifndef RINGWIRE_LINK_SPIN_BUDGET_H_
#define RINGWIRE_LINK_SPIN_BUDGET_H_

#include <algorithm>
#include <cstdint>

namespace ringwire {

// Decides how long to spin on a shared word before sleeping: for a fixed time
// while what was waited for came soon, on average, or when nobody has spun in
// vain for long; not at all otherwise.
//
// "Soon" is a multiple of the spin, for two reasons. It bounds the processor
// time that spinning in vain can cost to about one part in `worth` of the time.
// And two sides that both sleep see far longer waits than two that both spin,
// since waking a thread takes some 100 us. With a stricter rule two sides that
// sleep once would sleep for ever.
//
// After "long", which is as much, one spin in vain keeps to the same bound. It
// is for those who rest and then send several messages: their average is bad,
// yet all but the first come at once.
//
// Plain numbers, no clock of its own; one thread.
class SpinBudget {
 public:
  // `spin_ns` 0 (a single core, or switched off): never spin.
  SpinBudget(uint64_t spin_ns, uint64_t worth)
      : spin_ns_(spin_ns), soon_ns_(worth * spin_ns) {}

  // How long to spin now. `since_vain_ns`: how long ago a spin was in vain; 0
  // where that does not count.
  uint64_t nanoseconds(uint64_t since_vain_ns = 0) const {
    const bool soon = average_ns_ <= soon_ns_ || since_vain_ns >= soon_ns_;
    return soon ? spin_ns_ : 0;
  }

  // Reports how long the thing waited for took, spinning or asleep.
  void Record(uint64_t waited_ns) {
    // Long waits are cut, so that a few quick ones bring spinning back.
    average_ns_ = (3 * average_ns_ + std::min(waited_ns, 2 * soon_ns_)) / 4;
  }

 private:
  uint64_t spin_ns_;
  uint64_t soon_ns_;
  uint64_t average_ns_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_SPIN_BUDGET_H_
