#include "death/round.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <random>
#include <utility>

#include "death/meeting.h"

namespace ringwire {
namespace {

// DEATH_ROUNDS: fewer where a processor is emulated.
uint32_t Rounds() {
  const char* const rounds = std::getenv("DEATH_ROUNDS");
  return rounds == nullptr
             ? 100
             : static_cast<uint32_t>(std::strtoul(rounds, nullptr, 10));
}

std::string FaultOf(const Deeds& deeds) {
  const char* const fault = deeds.fault.load();
  return fault == nullptr ? "" : fault;
}

}  // namespace

bool OnlyInCalls(const Place& place) {
  return place.when == When::kCalling || place.when == When::kSleeping;
}

std::vector<Role> BothRoles() { return {Role::kAcceptor, Role::kConnector}; }

std::vector<Place> PlacesOfTraffic() {
  return {{"before reserve", When::kTalking},
          {"reserved", When::kTalking},
          {"half copied", When::kTalking},
          {"copied", When::kTalking},
          {"published", When::kTalking},
          {"before the doorbell", When::kTalking},
          {"half read", When::kTalking},
          {"read", When::kTalking},
          {"released", When::kTalking},
          {"calling", When::kCalling},
          {"falling asleep", When::kCalling},
          {"falling asleep", When::kSleeping}};
}

Round::Round(const std::vector<Place>& places, Role victims_role, int signal,
             uint32_t seed)
    : victims_role(victims_role), seed(seed) {
  std::minstd_rand random(seed);
  const auto below = [&](uint32_t end) {
    return static_cast<uint32_t>(random() % end);
  };
  victim.calls =
      below(2) == 0 || std::any_of(places.begin(), places.end(), OnlyInCalls);
  // They must not both wait for each other. When both call, few calls succeed.
  survivor.calls = !victim.calls || below(8) == 0;
  for (const Place& place : places) {
    const uint32_t many = 1 + below(survivor.calls && victim.calls ? 3 : 12);
    const bool once =
        place.when == When::kClosing || place.when == When::kMeeting;
    plans.push_back(
        {place.label, once ? 1 : many, signal, place.when == When::kSleeping});
    if (place.when == When::kClosing) turns = many;
  }
  for (Habits* habits : {&victim, &survivor}) {
    habits->seed = 1 + below(1'000'000'000);
    if (below(2) == 0) habits->tuning = {20'000, 20'000};
  }
  // A victim never gives up, so that all that it sends is sent whole.
  if (signal == SIGSTOP && below(2) == 0) survivor.deadline_ns = 2'000'000;
}

std::string Round::Describe() const {
  return std::string(plans[0].signal == SIGKILL ? "SIGKILL" : "SIGSTOP") +
         " for the " +
         (victims_role == Role::kAcceptor ? "acceptor" : "connector") +
         (plans[0].asleep ? " asleep after \"" : " at \"") + plans[0].label +
         "\", pass " + std::to_string(plans[0].pass) + ", seed " +
         std::to_string(seed);
}

uint32_t ForEachRound(const std::vector<Role>& roles,
                      const std::vector<Place>& places, int signal,
                      const std::function<void(const Round&)>& run) {
  const uint32_t rounds = Rounds();
  std::random_device seeds;
  uint32_t count = 0;
  for (const Role role : roles) {
    for (const Place& place : places) {
      for (uint32_t i = 0; i < rounds; ++i, ++count) {
        const Round round({place}, role, signal, seeds());
        INFO(round.Describe());
        run(round);
      }
    }
  }
  return count;
}

void ActAsVictim(const Round& round, const std::string& address, Stage* stage) {
  LinkParts parts;
  if (Meet(round.victims_role, address, stage, kNoDeadlineMs, &parts) !=
      Status::kOk) {
    return;
  }
  Talker talker(std::move(parts), round.victim, &stage->victim);
  for (uint32_t turn = 0; turn < round.turns; ++turn) {
    if (talker.Turn() != Status::kOk) {
      stage->victim.Blame("the victim has lost the survivor");
      return;
    }
    if (talker.peer_finished()) break;
  }
  if (talker.peer_finished() && talker.Finish() != Status::kOk) {
    stage->victim.Blame("the victim could not finish");
  }
  talker.Close();
}

LinkParts MeetVictim(const Round& round, const std::string& address,
                     Stage* stage) {
  LinkParts parts;
  REQUIRE(Meet(Other(round.victims_role), address, stage, kNoDeadlineMs,
               &parts) == Status::kOk);
  return parts;
}

void CheckFaults(const Stage& stage) {
  REQUIRE(FaultOf(stage.survivor) == "");
  REQUIRE(FaultOf(stage.victim) == "");
}

void CheckPublishedArrived(const Deeds& from, const Deeds& to) {
  REQUIRE(to.records_released.load() == from.records_published.load());
  REQUIRE(to.messages_taken.load() >= from.messages_out.load());
  REQUIRE(to.messages_taken.load() <= from.messages_begun.load());
}

void CheckAllArrived(const Deeds& from, const Deeds& to) {
  REQUIRE(to.records_released.load() == from.records_published.load());
  REQUIRE(to.messages_taken.load() == from.messages_begun.load());
  REQUIRE(to.results_taken.load() == from.results_begun.load());
}

}  // namespace ringwire
