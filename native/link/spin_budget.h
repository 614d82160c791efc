#ifndef RINGWIRE_LINK_SPIN_BUDGET_H_
#define RINGWIRE_LINK_SPIN_BUDGET_H_

#include <algorithm>
#include <cstdint>

namespace ringwire {

// Decides how long it pays to look at a shared word before sleeping: as long
// as what was waited for recently came quickly, up to a fixed bound; not at
// all when it did not. Plain numbers, no clock of its own; one thread.
class SpinBudget {
 public:
  // `most_ns` bounds one spin. 0 (a single core, or switched off): never spin.
  explicit SpinBudget(uint64_t most_ns) : most_ns_(most_ns) {}

  // How long to spin now.
  uint64_t nanoseconds() const {
    return average_ns_ <= kWorthwhile * most_ns_ ? most_ns_ : 0;
  }

  // Reports how long the thing waited for took, spinning or asleep.
  void Record(uint64_t waited_ns) {
    // Long waits are cut, so that a few quick ones bring spinning back.
    const uint64_t cut = std::min(waited_ns, 2 * kWorthwhile * most_ns_);
    average_ns_ = (3 * average_ns_ + cut) / 4;
  }

 private:
  // Two sides that both sleep see waits several times as long as the same two
  // that both spin. The bound must be above that, or sleeping, once begun,
  // would justify itself for ever.
  static constexpr uint64_t kWorthwhile = 4;

  uint64_t most_ns_;
  uint64_t average_ns_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_SPIN_BUDGET_H_
