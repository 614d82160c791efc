#include "os/shared_word.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

namespace ringwire {
namespace {

constexpr uint64_t kRefusedPauseNs = 50'000;

}  // namespace

// FUTEX_WAIT and FUTEX_WAKE without FUTEX_PRIVATE_FLAG: the threads are in
// different processes.

WaitResult WaitOnWord(std::atomic<uint32_t>* word, uint32_t expected,
                      uint64_t timeout_ns) {
  constexpr uint64_t kNsPerSecond = 1'000'000'000;
  timespec timeout{};
  timeout.tv_sec = static_cast<time_t>(timeout_ns / kNsPerSecond);
  timeout.tv_nsec =
      static_cast<decltype(timeout.tv_nsec)>(timeout_ns % kNsPerSecond);
  const auto result = syscall(SYS_futex, reinterpret_cast<uint32_t*>(word),
                              FUTEX_WAIT, expected, &timeout, nullptr, 0);
  if (result == 0 || errno == EAGAIN || errno == EINTR) {
    return WaitResult::kWoken;
  }
  if (errno == ETIMEDOUT) return WaitResult::kTimeout;
  // A filter of system calls refuses it: the caller looks again, with pauses.
  timespec pause{};
  pause.tv_nsec = static_cast<decltype(pause.tv_nsec)>(
      std::min(timeout_ns, kRefusedPauseNs));
  nanosleep(&pause, nullptr);
  return timeout_ns > kRefusedPauseNs ? WaitResult::kWoken
                                      : WaitResult::kTimeout;
}

int WakeOnWord(std::atomic<uint32_t>* word, int count) {
  const auto woken = syscall(SYS_futex, reinterpret_cast<uint32_t*>(word),
                             FUTEX_WAKE, count, nullptr, nullptr, 0);
  return woken > 0 ? static_cast<int>(woken) : 0;
}

}  // namespace ringwire
