#ifndef RINGWIRE_TEST_NATIVE_DEATH_STAGE_H_
#define RINGWIRE_TEST_NATIVE_DEATH_STAGE_H_

#include <atomic>
#include <cstdint>
#include <string>

namespace ringwire {

// A round has two processes: the survivor, which is the test, and its child,
// the victim. A signal meets the victim when it passes a point of native/ (see
// ring/point.h) for the `pass`-th time.
struct Plan {
  const char* label = "";
  uint32_t pass = 1;
  int signal = 0;
  // The signal comes from outside, in the sleep that follows the point.
  bool asleep = false;
};

// What one of the two has done so far; written by that one only.
struct Deeds {
  std::atomic<uint32_t> records_published{0};
  std::atomic<uint32_t> records_released{0};
  // Given to the link; known to be in the ring; received.
  std::atomic<uint32_t> messages_begun{0};
  std::atomic<uint32_t> messages_out{0};
  std::atomic<uint32_t> messages_taken{0};
  std::atomic<uint32_t> results_begun{0};
  std::atomic<uint32_t> results_taken{0};
  std::atomic<bool> calling{false};
  // Calls that ended without an answer.
  std::atomic<uint32_t> timeouts{0};
  std::atomic<uint32_t> deadlocks{0};
  // The first thing that was wrong: a literal, which both can read.
  std::atomic<const char*> fault{nullptr};

  void Blame(const char* what) {
    const char* none = nullptr;
    fault.compare_exchange_strong(none, what);
  }
};

// The memory that both processes of a round see besides their link.
struct Stage {
  // What comes next. Only while there is no victim, or it is stopped.
  void Arm(const Plan& next) {
    plan = next;
    passes.store(0);
    reached.store(false);
  }

  Plan plan;
  Deeds survivor;
  Deeds victim;
  std::atomic<uint32_t> passes{0};      // of the victim by the point
  std::atomic<bool> listening{false};   // the acceptor of the round does
  std::atomic<bool> reached{false};     // the victim is where it was to be
  std::atomic<uint64_t> reached_ns{0};  // since when
};

// Begins a round in the test. The stage lasts until the next one. A round that
// hangs ends the test with its description.
Stage* SetStage(const Plan& first, const std::string& description);
// The first thing that a victim does.
void EnterStageAsVictim();

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_DEATH_STAGE_H_
