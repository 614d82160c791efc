#ifndef RINGWIRE_TEST_NATIVE_DEATH_CONDUCTOR_H_
#define RINGWIRE_TEST_NATIVE_DEATH_CONDUCTOR_H_

#include <sys/types.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "death/stage.h"

namespace ringwire {

// A thread of the test that acts on the victim while the test itself may be
// blocked: sends the signal of a plan that asks for a sleeping victim, and lets
// a stopped one go on when `long_enough` holds.
class Conductor {
 public:
  // `plans`: what happens, one after the other; the first is on the stage.
  Conductor(Stage* stage, pid_t victim, std::vector<Plan> plans,
            std::function<bool()> long_enough = nullptr);
  ~Conductor();
  Conductor(const Conductor&) = delete;
  Conductor& operator=(const Conductor&) = delete;

  // Whether all has happened and the victim goes on.
  bool done() const { return done_.load(); }

 private:
  void Run();
  // False: the victim has ended.
  bool AwaitStop();

  Stage* const stage_;
  const pid_t victim_;
  const std::function<bool()> long_enough_;
  const std::vector<Plan> plans_;
  std::atomic<bool> done_{false};
  std::thread thread_;  // none if there is nothing to do
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_DEATH_CONDUCTOR_H_
