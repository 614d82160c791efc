#include "os/core.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "helpers/allowed_cores.h"
#include "helpers/link_pair.h"
#include "link/core_placement.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

// The scheduler may move a thread at any moment, too; so seldom that most of so
// many tries show what the code did. On a busy machine one of the series does.
constexpr int kTries = 30;
constexpr int kMost = 20;
constexpr int kSeries = 5;

constexpr LinkTuning kShortSpin{1000, 1000};

// How often `second` is on another core when both have spun in vain.
template <typename Spin>
int TimesMoved(Spin first, Spin second) {
  int moved = 0;
  for (int i = 0; i < kTries; ++i) {
    LinkPair pair(kShortSpin);
    first(&pair);
    const uint32_t core = CurrentCore().value_or(0);
    second(&pair);
    if (CurrentCore() != core) ++moved;
  }
  return moved;
}

template <typename Spin>
bool MovesMostly(Spin first, Spin second) {
  for (int i = 0; i < kSeries; ++i) {
    if (TimesMoved(first, second) >= kMost) return true;
  }
  return false;
}

template <typename Spin>
bool MovesSeldom(Spin first, Spin second) {
  for (int i = 0; i < kSeries; ++i) {
    if (TimesMoved(first, second) <= kTries - kMost) return true;
  }
  return false;
}

void Spin(LinkEnd* end) {
  LoopSpins loop;
  CHECK_FALSE(end->link.SpinForMessage(&loop));
}
void SpinAsAcceptor(LinkPair* pair) { Spin(&pair->acceptor); }
void SpinAsConnector(LinkPair* pair) { Spin(&pair->connector); }
void WakeAsAcceptor(LinkPair* pair) { pair->acceptor.link.NoteWakeUp(); }
void WakeAsConnector(LinkPair* pair) { pair->connector.link.NoteWakeUp(); }

// In a row, without a rest.
template <void (*once)(LinkPair*), int times = CorePlacement::kPatience>
void Often(LinkPair* pair) {
  for (int i = 0; i < times; ++i) once(pair);
}
constexpr int kTooFew = CorePlacement::kPatience - 1;

// While the acceptor waits on the same core, before and after.
template <void (*connector)(LinkPair*)>
void BetweenAcceptors(LinkPair* pair) {
  SpinAsAcceptor(pair);
  connector(pair);
  SpinAsAcceptor(pair);
}

}  // namespace

TEST_CASE("a thread may run on no more cores than there are") {
  CHECK(CoreCount() >= static_cast<uint32_t>(AllowedCores().count()));
}

TEST_CASE("a thread leaves its core, and may come back") {
  const AllowedCores allowed;
  const bool possible = allowed.count() > 1;
  int moved = 0;
  for (int i = 0; i < kTries; ++i) {
    const uint32_t core = CurrentCore().value_or(0);
    CHECK(LeaveCore(core) == possible);
    if (CurrentCore() != core) ++moved;
    CHECK(AllowedCores() == allowed);
  }
  CHECK((moved >= kMost) == possible);
}

TEST_CASE("a thread that may run on one core only stays there") {
  std::thread([] {
    const uint32_t core = CurrentCore().value_or(0);
    REQUIRE(AllowedCores::Only(core).Apply());
    CHECK_FALSE(LeaveCore(core));
    CHECK(CurrentCore() == core);
    CHECK(AllowedCores() == AllowedCores::Only(core));
  }).join();
}

TEST_CASE(
    "a connector that goes on spinning on its peer's core leaves it, once") {
  const bool possible = AllowedCores().count() > 1;
  CHECK(MovesMostly(SpinAsAcceptor, Often<SpinAsConnector>) == possible);
  CHECK(MovesSeldom(BetweenAcceptors<Often<SpinAsConnector>>,
                    Often<SpinAsConnector>));
}

TEST_CASE("a connector that spins or wakes there now and then stays") {
  CHECK(MovesSeldom(SpinAsAcceptor, Often<SpinAsConnector, kTooFew>));
  CHECK(MovesSeldom(SpinAsAcceptor, Often<WakeAsConnector, kTooFew>));
  CHECK(MovesSeldom(
      +[](LinkPair* pair) {
        SpinAsAcceptor(pair);
        Often<WakeAsConnector, kTooFew>(pair);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      },
      WakeAsConnector));
}

TEST_CASE("an acceptor that spins on its peer's core stays there") {
  CHECK(MovesSeldom(SpinAsConnector, Often<SpinAsAcceptor>));
}

TEST_CASE(
    "a connector that goes on waking on its peer's core leaves it, always") {
  const bool possible = AllowedCores().count() > 1;
  CHECK(MovesMostly(SpinAsAcceptor, Often<WakeAsConnector>) == possible);
  CHECK(MovesMostly(BetweenAcceptors<Often<WakeAsConnector>>,
                    Often<WakeAsConnector>) == possible);
}

TEST_CASE("a connector that wakes after a long time stays on its core") {
  CHECK(MovesSeldom(
      +[](LinkPair* pair) {
        SpinAsAcceptor(pair);
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
      },
      Often<WakeAsConnector>));
}

TEST_CASE("an acceptor that wakes on its peer's core stays there") {
  CHECK(MovesSeldom(SpinAsConnector, Often<WakeAsAcceptor>));
}
