#include "os/shared_word.h"

#include <dlfcn.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

namespace ringwire {
namespace {

// <os/os_sync_wait_on_address.h>, since macOS 14.4. Looked up, so that older
// systems load this addon, too.
constexpr uint32_t kShared = 1;  // OS_SYNC_WAIT_ON_ADDRESS_SHARED
constexpr uint32_t kClock = 32;  // OS_CLOCK_MACH_ABSOLUTE_TIME
using WaitFunction = int (*)(void* word, uint64_t expected, size_t size,
                             uint32_t flags, uint32_t clock,
                             uint64_t timeout_ns);
using WakeFunction = int (*)(void* word, size_t size, uint32_t flags);

struct SharedWait {
  WaitFunction wait;
  WakeFunction wake;
};

const SharedWait* Found() {
  static const SharedWait functions = {
      reinterpret_cast<WaitFunction>(
          dlsym(RTLD_DEFAULT, "os_sync_wait_on_address_with_timeout")),
      reinterpret_cast<WakeFunction>(
          dlsym(RTLD_DEFAULT, "os_sync_wake_by_address_any")),
  };
  return functions.wait != nullptr && functions.wake != nullptr ? &functions
                                                                : nullptr;
}

// How soon a thread notices a changed word before macOS 14.4, which has no
// public way to sleep on one.
constexpr uint64_t kPauseNs = 100'000;

WaitResult Pause(uint64_t timeout_ns) {
  timespec pause{};
  pause.tv_nsec =
      static_cast<decltype(pause.tv_nsec)>(std::min(timeout_ns, kPauseNs));
  nanosleep(&pause, nullptr);
  return timeout_ns > kPauseNs ? WaitResult::kWoken : WaitResult::kTimeout;
}

}  // namespace

WaitResult WaitOnWord(std::atomic<uint32_t>* word, uint32_t expected,
                      uint64_t timeout_ns) {
  if (timeout_ns == 0) return WaitResult::kTimeout;
  const SharedWait* const functions = Found();
  if (functions == nullptr) {
    if (word->load(std::memory_order_seq_cst) != expected) {
      return WaitResult::kWoken;
    }
    return Pause(timeout_ns);
  }
  const int waiting = functions->wait(word, expected, sizeof(*word), kShared,
                                      kClock, timeout_ns);
  if (waiting >= 0 || errno == EINTR) return WaitResult::kWoken;
  if (errno == ETIMEDOUT) return WaitResult::kTimeout;
  // Refused: the caller looks again, with pauses.
  return Pause(timeout_ns);
}

int WakeOnWord(std::atomic<uint32_t>* word, int count) {
  const SharedWait* const functions = Found();
  if (functions == nullptr) return 0;
  int woken = 0;
  // One by one: nothing tells how many "all" were.
  while (woken < count && functions->wake(word, sizeof(*word), kShared) == 0) {
    ++woken;
  }
  return woken;
}

}  // namespace ringwire
