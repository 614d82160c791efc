#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "death/conductor.h"
#include "death/round.h"
#include "death/stage.h"
#include "death/talker.h"
#include "death/victim.h"
#include "helpers/address.h"
#include "helpers/open_descriptors.h"

// A process is stopped at a point, and the other one waits for it.

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

// Of one victim in traffic, and how many victims on each side.
constexpr size_t kStops = 60;
constexpr int kVictims = 20;
constexpr uint32_t kTurnsAfterwards = 8;
// Longer than a blocked caller sleeps before it looks whether its peer is dead.
constexpr auto kLongPause = std::chrono::milliseconds(25);

// A pause lasts until the survivor has noticed: it waits for the victim, or is
// told that a call cannot wait, by its deadline or since the victim is calling.
class Pause {
 public:
  Pause(const Round& round, const Deeds& survivor)
      : has_deadline_(round.survivor.deadline_ns > 0), survivor_(survivor) {}

  bool LongEnough() {
    if (!begun_) {
      begun_ = true;
      timeouts_ = survivor_.timeouts.load();
      deadlocks_ = survivor_.deadlocks.load();
      if (++count_ % 16 == 0) std::this_thread::sleep_for(kLongPause);
    }
    const bool met_deadline = survivor_.timeouts.load() != timeouts_;
    const bool will_end = has_deadline_ && survivor_.calling.load();
    if (!met_deadline && survivor_.deadlocks.load() == deadlocks_ &&
        (will_end || !Sleeps(getpid()))) {
      return false;
    }
    if (met_deadline) ++met_deadlines_;
    begun_ = false;
    return true;
  }
  uint32_t met_deadlines() const { return met_deadlines_; }

 private:
  const bool has_deadline_;
  const Deeds& survivor_;
  bool begun_ = false;
  uint32_t timeouts_ = 0;  // when it began
  uint32_t deadlocks_ = 0;
  uint32_t count_ = 0;
  uint32_t met_deadlines_ = 0;
};

// Returns how many pauses a call with a deadline did not wait for.
uint32_t Stop(const Round& round) {
  INFO(round.Describe());
  Stage* const stage = SetStage(round.plans[0], round.Describe());
  const std::string address = NewAddress();
  Victim victim([&] { ActAsVictim(round, address, stage); });
  Pause pause(round, stage->survivor);
  Talker talker(MeetVictim(round, address, stage), round.survivor,
                &stage->survivor);
  const bool closes = round.turns < UINT32_MAX;
  {
    const Conductor conductor(stage, victim.pid(), round.plans,
                              [&] { return pause.LongEnough(); });
    uint32_t afterwards = 0;
    Status status = Status::kOk;
    while (status == Status::kOk && afterwards < kTurnsAfterwards) {
      status = talker.Turn();
      if (conductor.done()) ++afterwards;
    }
    if (status == Status::kOk) status = talker.Finish();
    REQUIRE(status == (closes ? Status::kClosed : Status::kOk));
    talker.Drain();
  }
  REQUIRE(victim.Await() == 0);

  if (closes) {
    CheckPublishedArrived(stage->victim, stage->survivor);
  } else {
    CheckAllArrived(stage->victim, stage->survivor);
    CheckAllArrived(stage->survivor, stage->victim);
  }
  CheckFaults(*stage);
  return pause.met_deadlines();
}

// Of a victim that calls or, as often, of one that need not.
std::vector<Place> SomeStops(uint32_t seed) {
  std::minstd_rand random(seed);
  std::vector<Place> places = PlacesOfTraffic();
  if (random() % 2 == 0) {
    places.erase(std::remove_if(places.begin(), places.end(), OnlyInCalls),
                 places.end());
  }
  std::vector<Place> stops;
  while (stops.size() < kStops) {
    stops.push_back(places[random() % places.size()]);
  }
  return stops;
}

}  // namespace

TEST_CASE("pause: in traffic, all arrives afterwards, and deadlines hold") {
  std::random_device seeds;  // which has a descriptor in some libraries
  const size_t descriptors = OpenDescriptors();
  uint32_t pauses = 0;
  uint32_t met = 0;
  for (const Role role : BothRoles()) {
    for (int i = 0; i < kVictims; ++i) {
      const std::vector<Place> stops = SomeStops(seeds());
      met += Stop(Round(stops, role, SIGSTOP, seeds()));
      pauses += static_cast<uint32_t>(stops.size());
    }
  }
  MESSAGE(pauses, " pauses, ", met, " of which a call did not wait for");
  CHECK(met > 0);
  CHECK(OpenDescriptors() == descriptors);
}

TEST_CASE("pause: while it closes, the end is that of a side that closes") {
  const size_t descriptors = OpenDescriptors();
  const uint32_t count =
      ForEachRound(BothRoles(),
                   {{"closing", When::kClosing},
                    {"closed", When::kClosing},
                    {"hanging up", When::kClosing}},
                   SIGSTOP, [](const Round& round) { Stop(round); });
  CHECK(count > 0);
  CHECK(OpenDescriptors() == descriptors);
}
