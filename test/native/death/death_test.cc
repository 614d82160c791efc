#include <doctest/doctest.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <string>

#include "death/conductor.h"
#include "death/round.h"
#include "death/stage.h"
#include "death/talker.h"
#include "death/victim.h"
#include "helpers/address.h"
#include "helpers/open_descriptors.h"
#include "link/spin.h"

// A process dies at a point, and the other one finds out.

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

// Returns for how many nanoseconds the survivor did not know.
uint64_t Kill(const Round& round, Status reason) {
  Stage* const stage = SetStage(round.plans[0], round.Describe());
  const std::string address = NewAddress();
  Victim victim([&] { ActAsVictim(round, address, stage); });
  const Conductor conductor(stage, victim.pid(), round.plans);
  Talker talker(MeetVictim(round, address, stage), round.survivor,
                &stage->survivor);

  Status end = Status::kOk;
  while (end == Status::kOk) end = talker.Turn();
  const uint64_t now = Now();
  // A side that closes has said so before it dies.
  const uint64_t dead_since = std::min(now, stage->reached_ns.load());
  REQUIRE(end == reason);
  const int status = victim.Await();
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(WTERMSIG(status) == SIGKILL);

  talker.Drain();
  CheckPublishedArrived(stage->victim, stage->survivor);
  REQUIRE(talker.Call() == reason);
  CheckFaults(*stage);
  return now - dead_since;
}

void KillAt(const std::vector<Place>& places, Status reason) {
  const size_t descriptors = OpenDescriptors();
  uint64_t longest_ns = 0;
  const uint32_t count =
      ForEachRound(BothRoles(), places, SIGKILL, [&](const auto& round) {
        longest_ns = std::max(longest_ns, Kill(round, reason));
      });
  MESSAGE(count, " deaths, each known after at most ", longest_ns / 1000,
          " us");
  CHECK(OpenDescriptors() == descriptors);
}

}  // namespace

TEST_CASE("death: in traffic, what was published arrives, and calls end") {
  KillAt(PlacesOfTraffic(), Status::kPeerGone);
}

TEST_CASE("death: while it closes, before the other side can know of that") {
  KillAt({{"closing", When::kClosing}}, Status::kPeerGone);
}

TEST_CASE("death: of a side that has closed is an end in order") {
  KillAt({{"closed", When::kClosing}, {"hanging up", When::kClosing}},
         Status::kClosed);
}
