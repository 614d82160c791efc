#include "death/conductor.h"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <utility>

#include "death/victim.h"
#include "link/spin.h"

namespace ringwire {
namespace {

// Nothing tells that another process or thread has fallen asleep.
void LookAgain() { std::this_thread::sleep_for(std::chrono::microseconds(20)); }

}  // namespace

Conductor::Conductor(Stage* stage, pid_t victim, std::vector<Plan> plans,
                     std::function<bool()> long_enough)
    : stage_(stage),
      victim_(victim),
      long_enough_(std::move(long_enough)),
      plans_(std::move(plans)) {
  const bool needed = std::any_of(
      plans_.begin(), plans_.end(),
      [](const Plan& plan) { return plan.asleep || plan.signal == SIGSTOP; });
  if (needed) thread_ = std::thread([this] { Run(); });
}

Conductor::~Conductor() {
  if (thread_.joinable()) thread_.join();
}

void Conductor::Run() {
  for (size_t i = 0; i < plans_.size(); ++i) {
    if (plans_[i].asleep) {
      while (!stage_->reached.load() || !Sleeps(victim_)) {
        LookAgain();
      }
      stage_->reached_ns.store(Now());
      kill(victim_, plans_[i].signal);
    }
    if (plans_[i].signal == SIGKILL || !AwaitStop()) return;
    while (!long_enough_()) LookAgain();
    stage_->Arm(i + 1 < plans_.size() ? plans_[i + 1] : Plan{});
    kill(victim_, SIGCONT);
  }
  done_.store(true);
}

bool Conductor::AwaitStop() {
  const auto id = static_cast<id_t>(victim_);
  siginfo_t change{};
  // An end is left to Victim.
  waitid(P_PID, id, &change, WSTOPPED | WEXITED | WNOWAIT);
  if (change.si_code != CLD_STOPPED) return false;
  waitid(P_PID, id, &change, WSTOPPED);
  return true;
}

}  // namespace ringwire
