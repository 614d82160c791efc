#include "link/spin_budget.h"

#include <doctest/doctest.h>

#include "link/spin.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint64_t kSpin = 100'000;
constexpr uint64_t kWorth = 4;
constexpr uint64_t kSoon = kWorth * kSpin;

void Record(SpinBudget* budget, int times, uint64_t waited_ns) {
  for (int i = 0; i < times; ++i) budget->Record(waited_ns);
}

}  // namespace

TEST_CASE("a new budget spins") {
  CHECK(SpinBudget(kSpin, kWorth).nanoseconds() == kSpin);
}

TEST_CASE("what comes soon keeps the spin going") {
  SpinBudget budget(kSpin, kWorth);
  Record(&budget, 100, kSoon);
  CHECK(budget.nanoseconds() == kSpin);
}

TEST_CASE("what comes late ends it") {
  SpinBudget budget(kSpin, kWorth);
  Record(&budget, 100, kSoon + 5);
  CHECK(budget.nanoseconds() == 0);
}

TEST_CASE("one long wait among short ones changes nothing") {
  SpinBudget budget(kSpin, kWorth);
  Record(&budget, 10, 1000);
  budget.Record(UINT64_MAX);
  CHECK(budget.nanoseconds() == kSpin);
}

TEST_CASE("silence ends the spin after a few waits, and for good") {
  SpinBudget budget(kSpin, kWorth);
  Record(&budget, 4, UINT64_MAX);
  CHECK(budget.nanoseconds() == 0);
  Record(&budget, 1000, UINT64_MAX);
  CHECK(budget.nanoseconds() == 0);
}

TEST_CASE(
    "whoever has not spun in vain for long may try, whatever the average") {
  SpinBudget budget(kSpin, kWorth);
  Record(&budget, 1000, UINT64_MAX);
  CHECK(budget.nanoseconds(kSoon - 1) == 0);
  CHECK(budget.nanoseconds(kSoon) == kSpin);
}

TEST_CASE("after any silence a few quick waits bring the spin back") {
  SpinBudget budget(kSpin, kWorth);
  Record(&budget, 1000, UINT64_MAX);
  Record(&budget, 3, 0);
  CHECK(budget.nanoseconds() == kSpin);
}

TEST_CASE("a budget of nothing never spins") {
  SpinBudget budget(0, kWorth);
  CHECK(budget.nanoseconds() == 0);
  Record(&budget, 10, 0);
  CHECK(budget.nanoseconds() == 0);
  CHECK(budget.nanoseconds(UINT64_MAX) == 0);
}

TEST_CASE("spinning checks at least once, and stops when it holds") {
  int checks = 0;
  CHECK_FALSE(SpinUntil(0, [&] { return ++checks > 1; }));
  CHECK(checks == 1);
  CHECK(SpinUntil(0, [&] { return ++checks > 1; }));
  checks = 0;
  CHECK(SpinUntil(UINT64_MAX / 2, [&] { return ++checks == 1000; }));
  CHECK(checks == 1000);
}

TEST_CASE("spinning in vain ends") {
  CHECK_FALSE(SpinUntil(1000, [] { return false; }));
}
