#include "link/core_placement.h"

#include <atomic>
#include <optional>

#include "link/spin.h"
#include "os/core.h"

namespace ringwire {
namespace {

// Two threads that spin and yield on one core stay there: the scheduler moves
// what sleeps rather than what runs, even when another core is idle. So one of
// them leaves, but at most this often, since it may have to come back when all
// cores are taken. With 16 busy windows on two cores a call takes a sixth less.
constexpr uint64_t kLeaveCoreNs = 20'000'000;

// An acceptor that wrote again after so short a time counts as busy, with other
// links if not with this one. The scheduler often wakes a thread on the core of
// the one that woke it, and displaces that.
constexpr uint64_t kBusyNs = 20'000'000;

// Waits that lie further apart are not in a row.
constexpr uint64_t kRestNs = 10'000'000;

// What SideLine::core says of a side that never waited, or does not tell.
constexpr uint32_t kUnknown = 0;

}  // namespace

uint64_t CorePlacement::TimeAlone(uint64_t spin_ns) {
  if (!SharesCore()) return kAloneNs;
  if (spin_ns == 0 || !may_move_) return 0;
  const uint64_t now = Now();
  if (!GoesOn(now) || now - left_core_ns_ < kLeaveCoreNs) return 0;
  left_core_ns_ = now;
  return LeavePeersCore() ? kAloneNs : 0;
}

void CorePlacement::NoteWakeUp(uint64_t waited_ns) {
  if (!may_move_ || waited_ns >= kBusyNs || !SharesCore()) return;
  if (GoesOn(Now())) LeavePeersCore();
}

bool CorePlacement::GoesOn(uint64_t now) {
  if (now - last_wait_ns_ > kRestNs) waits_ = 0;
  last_wait_ns_ = now;
  return ++waits_ >= kPatience;
}

bool CorePlacement::LeavePeersCore() {
  waits_ = 0;
  return LeaveCore(core_ - 1) && !SharesCore();
}

bool CorePlacement::SharesCore() {
  const std::optional<uint32_t> current = CurrentCore();
  const uint32_t core = current ? 1 + *current : kUnknown;
  if (core != core_) {
    core_ = core;
    mine_->core.store(core, std::memory_order_relaxed);
  }
  const bool shares =
      core != kUnknown && peers_->core.load(std::memory_order_relaxed) == core;
  if (!shares) waits_ = 0;
  return shares;
}

}  // namespace ringwire
