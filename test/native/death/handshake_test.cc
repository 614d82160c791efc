#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string>
#include <utility>

#include "death/conductor.h"
#include "death/meeting.h"
#include "death/round.h"
#include "death/stage.h"
#include "death/talker.h"
#include "death/victim.h"
#include "helpers/address.h"
#include "helpers/open_descriptors.h"

// One side of a handshake dies or is stopped at a point, and the other one is
// told, or waits.

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr int kSoonMs = 3;

const std::vector<Place>& PlacesOf(Role role) {
  static const std::vector<Place> connectors = {
      {"hello sent", When::kMeeting},
      {"segment mapped", When::kMeeting},
      {"accept sent", When::kMeeting}};
  static const std::vector<Place> acceptors = {{"hello taken", When::kMeeting},
                                               {"offer sent", When::kMeeting}};
  return role == Role::kAcceptor ? acceptors : connectors;
}

// Returns whether the survivor got a link.
bool Kill(const Round& round) {
  Stage* const stage = SetStage(round.plans[0], round.Describe());
  const std::string address = NewAddress();
  Victim victim([&] { ActAsVictim(round, address, stage); });
  LinkParts parts;
  const Status status =
      Meet(Other(round.victims_role), address, stage, kNoDeadlineMs, &parts);
  REQUIRE(WIFSIGNALED(victim.Await()));
  if (status != Status::kOk) {
    REQUIRE(status == Status::kBadHandshake);
    return false;
  }
  Talker talker(std::move(parts), round.survivor, &stage->survivor);
  REQUIRE(talker.Call() == Status::kPeerGone);
  CheckFaults(*stage);
  return true;
}

// Returns whether the survivor has met its deadline.
bool Stop(const Round& round, int deadline_ms) {
  Stage* const stage = SetStage(round.plans[0], round.Describe());
  const std::string address = NewAddress();
  Victim victim([&] { ActAsVictim(round, address, stage); });
  std::atomic<bool> over{false};
  const Conductor conductor(stage, victim.pid(), round.plans, [&] {
    return over.load() || (deadline_ms == kNoDeadlineMs && Sleeps(getpid()));
  });
  LinkParts parts;
  const Status status =
      Meet(Other(round.victims_role), address, stage, deadline_ms, &parts);
  over.store(true);
  if (status == Status::kOk) {
    Talker talker(std::move(parts), round.survivor, &stage->survivor);
    REQUIRE(talker.Turn() == Status::kOk);
    REQUIRE(talker.Finish() == Status::kOk);
    talker.Drain();
    CheckAllArrived(stage->victim, stage->survivor);
    CheckAllArrived(stage->survivor, stage->victim);
    CheckFaults(*stage);
  } else {
    REQUIRE(deadline_ms != kNoDeadlineMs);
    REQUIRE(status == Status::kTimeout);
  }
  REQUIRE(victim.Await() == 0);
  return status == Status::kTimeout;
}

}  // namespace

TEST_CASE("handshake: a connector that dies before it accepts is no peer") {
  const size_t descriptors = OpenDescriptors();
  uint32_t links = 0;
  uint32_t accepted = 0;
  ForEachRound({Role::kConnector}, PlacesOf(Role::kConnector), SIGKILL,
               [&](const Round& round) {
                 if (round.plans[0].label == std::string("accept sent"))
                   ++accepted;
                 if (Kill(round)) ++links;
               });
  CHECK(links == accepted);
  CHECK(OpenDescriptors() == descriptors);
}

TEST_CASE("handshake: who connects is told that the acceptor has died") {
  const size_t descriptors = OpenDescriptors();
  uint32_t links = 0;
  const uint32_t count =
      ForEachRound({Role::kAcceptor}, PlacesOf(Role::kAcceptor), SIGKILL,
                   [&](const Round& round) { links += Kill(round) ? 1 : 0; });
  // Who has the offer can accept it before it sees that.
  MESSAGE(links, " links of ", count, " began with a dead peer");
  CHECK(OpenDescriptors() == descriptors);
}

TEST_CASE("handshake: a side that is stopped is waited for") {
  const size_t descriptors = OpenDescriptors();
  for (const Role role : {Role::kAcceptor, Role::kConnector}) {
    ForEachRound({role}, PlacesOf(role), SIGSTOP, [&](const Round& round) {
      REQUIRE_FALSE(Stop(round, kNoDeadlineMs));
    });
  }
  CHECK(OpenDescriptors() == descriptors);
}

TEST_CASE("handshake: who connects to a stopped acceptor has its deadline") {
  const size_t descriptors = OpenDescriptors();
  const uint32_t count = ForEachRound(
      {Role::kAcceptor}, {{"hello taken", When::kMeeting}}, SIGSTOP,
      [](const Round& round) { REQUIRE(Stop(round, kSoonMs)); });
  CHECK(count > 0);
  CHECK(OpenDescriptors() == descriptors);
}
