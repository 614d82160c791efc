#include "os/shared_word.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <new>
#include <thread>

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

// Longer than any test may take: whoever waits that long was not woken.
constexpr uint64_t kForEver = uint64_t{3600} * 1'000'000'000;

}  // namespace

TEST_CASE("a word that has changed already does not put anybody to sleep") {
  std::atomic<uint32_t> word{2};
  CHECK(WaitOnWord(&word, 1, kForEver) == WaitResult::kWoken);
}

TEST_CASE("nobody wakes a waiter before its deadline") {
  std::atomic<uint32_t> word{1};
  CHECK(WaitOnWord(&word, 1, 0) == WaitResult::kTimeout);
  CHECK(WaitOnWord(&word, 1, 1'000'000) == WaitResult::kTimeout);
}

TEST_CASE("waking nobody is harmless") {
  std::atomic<uint32_t> word{1};
  WakeOnWord(&word, 1);
  CHECK(word.load() == 1);
}

TEST_CASE("a sleeping thread sees the change that it was woken for") {
  std::atomic<uint32_t> word{0};
  uint32_t seen = 0;
  std::thread sleeper([&] {
    while (word.load() == 0) WaitOnWord(&word, 0, kForEver);
    seen = word.load();
  });
  word.store(7);
  WakeOnWord(&word, 1);
  sleeper.join();
  CHECK(seen == 7);
}

TEST_CASE("two threads hand a word to and fro and never sleep for ever") {
  std::atomic<uint32_t> word{0};
  constexpr uint32_t kTurns = 20'000;
  const auto play = [&](uint32_t parity) {
    for (;;) {
      const uint32_t now = word.load();
      if (now >= kTurns) return;
      if (now % 2 == parity) {
        word.store(now + 1);
        WakeOnWord(&word, 1);
      } else {
        WaitOnWord(&word, now, kForEver);
      }
    }
  };
  std::thread other([&] { play(1); });
  play(0);
  other.join();
  CHECK(word.load() == kTurns);
}

TEST_CASE("a waiter in another process is woken") {
  void* const memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REQUIRE(memory != MAP_FAILED);
  auto* const word = new (memory) std::atomic<uint32_t>(0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    while (word->load() == 0) WaitOnWord(word, 0, kForEver);
    _exit(42);
  }
  word->store(1);
  WakeOnWord(word, 1);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 42);
  munmap(memory, 4096);
}
