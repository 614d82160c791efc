#ifndef RINGWIRE_LINK_CALL_DEADLINE_H_
#define RINGWIRE_LINK_CALL_DEADLINE_H_

#include <algorithm>
#include <cstdint>
#include <functional>

#include "link/spin.h"
#include "link/status.h"

namespace ringwire {

// Ends a call at its deadline, or when somebody interrupts it. Checked in every
// round of every wait, since the peer may keep us busy. Borrows `interrupted`.
class CallDeadline {
 public:
  // `timeout_ns` 0: no deadline.
  CallDeadline(uint64_t timeout_ns, const std::function<bool()>& interrupted)
      : end_(timeout_ns == 0 ? UINT64_MAX : After(Now(), timeout_ns)),
        interrupted_(interrupted) {}

  // kOk: the call may go on.
  Status Check() {
    const uint64_t now = Now();
    if (now >= end_) return Status::kTimeout;
    if (now < next_check_) return Status::kOk;
    next_check_ = now + kSliceNs;
    return interrupted_ && interrupted_() ? Status::kInterrupted : Status::kOk;
  }

  // How long to sleep before the next Check().
  uint64_t Slice() const {
    const uint64_t now = Now();
    return std::min(kSliceNs, now < end_ ? end_ - now : 0);
  }

 private:
  // How often a blocked thread asks for an interruption: seldom enough to cost
  // nothing, often enough to count as "at once" for a person.
  static constexpr uint64_t kSliceNs = 10'000'000;

  static uint64_t After(uint64_t now, uint64_t timeout_ns) {
    return timeout_ns < UINT64_MAX - now ? now + timeout_ns : UINT64_MAX;
  }

  const uint64_t end_;
  uint64_t next_check_ = 0;  // when to ask for an interruption
  const std::function<bool()>& interrupted_;
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_CALL_DEADLINE_H_
