#include "os/core.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "helpers/allowed_cores.h"
#include "helpers/link_pair.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

// The scheduler may move a thread at any moment, too; so seldom that most of so
// many tries show what the code did.
constexpr int kTries = 30;
constexpr int kMost = 20;

constexpr LinkTuning kShortSpin{1000, 1000};

// How often `second` is on another core when both have spun in vain.
template <typename Spin>
int TimesMoved(Spin first, Spin second) {
  int moved = 0;
  for (int i = 0; i < kTries; ++i) {
    LinkPair pair(kShortSpin);
    first(&pair);
    const uint32_t core = CurrentCore();
    second(&pair);
    if (CurrentCore() != core) ++moved;
  }
  return moved;
}

void SpinAsAcceptor(LinkPair* pair) {
  CHECK_FALSE(pair->acceptor.link.SpinForMessage());
}
void SpinAsConnector(LinkPair* pair) {
  CHECK_FALSE(pair->connector.link.SpinForMessage());
}
void WakeAsAcceptor(LinkPair* pair) { pair->acceptor.link.NoteWakeUp(); }
void WakeAsConnector(LinkPair* pair) { pair->connector.link.NoteWakeUp(); }

}  // namespace

TEST_CASE("a thread leaves its core, and may come back") {
  const AllowedCores allowed;
  const bool possible = allowed.count() > 1;
  int moved = 0;
  for (int i = 0; i < kTries; ++i) {
    const uint32_t core = CurrentCore();
    CHECK(LeaveCore(core) == possible);
    if (CurrentCore() != core) ++moved;
    CHECK(AllowedCores() == allowed);
  }
  CHECK((moved >= kMost) == possible);
}

TEST_CASE("a thread that may run on one core only stays there") {
  std::thread([] {
    const uint32_t core = CurrentCore();
    REQUIRE(AllowedCores::Only(core).Apply());
    CHECK_FALSE(LeaveCore(core));
    CHECK(CurrentCore() == core);
    CHECK(AllowedCores() == AllowedCores::Only(core));
  }).join();
}

TEST_CASE("a connector that spins on its peer's core leaves it, at first") {
  const bool possible = AllowedCores().count() > 1;
  CHECK((TimesMoved(SpinAsAcceptor, SpinAsConnector) >= kMost) == possible);
  CHECK(TimesMoved(
            +[](LinkPair* pair) {
              SpinAsAcceptor(pair);
              SpinAsConnector(pair);
              SpinAsAcceptor(pair);
            },
            SpinAsConnector) <= kTries - kMost);
}

TEST_CASE("an acceptor that spins on its peer's core stays there") {
  CHECK(TimesMoved(SpinAsConnector, SpinAsAcceptor) <= kTries - kMost);
}

TEST_CASE("a connector that wakes on its peer's core leaves it, always") {
  const bool possible = AllowedCores().count() > 1;
  CHECK((TimesMoved(SpinAsAcceptor, WakeAsConnector) >= kMost) == possible);
  CHECK((TimesMoved(
             +[](LinkPair* pair) {
               SpinAsAcceptor(pair);
               WakeAsConnector(pair);
               SpinAsAcceptor(pair);
             },
             WakeAsConnector) >= kMost) == possible);
}

TEST_CASE("a connector that wakes after a long time stays on its core") {
  CHECK(TimesMoved(
            +[](LinkPair* pair) {
              SpinAsAcceptor(pair);
              std::this_thread::sleep_for(std::chrono::milliseconds(25));
            },
            WakeAsConnector) <= kTries - kMost);
}

TEST_CASE("an acceptor that wakes on its peer's core stays there") {
  CHECK(TimesMoved(SpinAsConnector, WakeAsAcceptor) <= kTries - kMost);
}
