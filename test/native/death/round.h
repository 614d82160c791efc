#ifndef RINGWIRE_TEST_NATIVE_DEATH_ROUND_H_
#define RINGWIRE_TEST_NATIVE_DEATH_ROUND_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "death/stage.h"
#include "death/talker.h"
#include "link/link.h"

namespace ringwire {

// When a victim passes a point.
enum class When {
  kTalking,
  kCalling,   // only if it calls
  kSleeping,  // the same, and the signal meets it asleep
  kClosing,   // once
  kMeeting,   // once, in the handshake
};

struct Place {
  const char* label;
  When when;
};

// Whether only a victim that calls gets there.
bool OnlyInCalls(const Place& place);

// The choices of one round; they follow from the seed.
struct Round {
  // One signal meets the victim at each of the places, in this order.
  Round(const std::vector<Place>& places, Role victims_role, int signal,
        uint32_t seed);

  std::string Describe() const;

  std::vector<Plan> plans;
  Role victims_role;
  uint32_t seed;
  Habits survivor;
  Habits victim;
  uint32_t turns = UINT32_MAX;  // of the victim before it closes
};

// For a handshake. Nobody waits that long: SetStage() has a watchdog.
constexpr int kNoDeadlineMs = 3'600'000;

inline Role Other(Role role) {
  return role == Role::kAcceptor ? Role::kConnector : Role::kAcceptor;
}

std::vector<Role> BothRoles();
std::vector<Place> PlacesOfTraffic();

// Hundreds of rounds for each place and each of the victim's roles, each with
// its own seed. Returns how many.
uint32_t ForEachRound(const std::vector<Role>& roles,
                      const std::vector<Place>& places, int signal,
                      const std::function<void(const Round&)>& run);

// Meets the survivor, talks, and ends when the survivor has finished or it is
// time to close. Nothing happens when there is no link.
void ActAsVictim(const Round& round, const std::string& address, Stage* stage);
// The survivor's end of that link; fails the test when there is none.
LinkParts MeetVictim(const Round& round, const std::string& address,
                     Stage* stage);

// Neither process has found anything wrong.
void CheckFaults(const Stage& stage);
// Every record of `from` has arrived, and so has every message that is whole.
void CheckPublishedArrived(const Deeds& from, const Deeds& to);
// Everything that `from` has sent has arrived.
void CheckAllArrived(const Deeds& from, const Deeds& to);

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_DEATH_ROUND_H_
