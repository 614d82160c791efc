#include "os/waiter.h"

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <thread>

#include "os/socket.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

// Longer than any test may take: whoever waits that long was not woken.
constexpr uint64_t kForEver = uint64_t{3600} * 1'000'000'000;

struct Ends {
  Ends() {
    SystemError error;
    REQUIRE(Socket::Pair(&mine, &peers, &error));
  }

  Socket mine;
  Socket peers;
  Waiter waiter;
  std::atomic<uint32_t> word{0};
};

}  // namespace

TEST_CASE("a blocked side sees the change that it was woken for") {
  Ends ends;
  uint32_t seen = 0;
  std::thread sleeper([&] {
    while (ends.word.load() == 0) {
      ends.waiter.Wait(&ends.word, 0, ends.mine, kForEver);
    }
    seen = ends.word.load();
  });
  ends.word.store(7);
  ends.waiter.Wake(&ends.word);
  sleeper.join();
  CHECK(seen == 7);
}

TEST_CASE("a blocked side notices that the peer hung up, though nobody wakes") {
  Ends ends;
  std::atomic<bool> asleep{false};
  std::thread sleeper([&] {
    while (!ends.mine.HungUp()) {
      asleep.store(true);
      ends.waiter.Wait(&ends.word, 0, ends.mine, kForEver);
    }
  });
  while (!asleep.load()) std::this_thread::yield();
  ends.peers.Close();
  sleeper.join();
  CHECK(ends.mine.HungUp());
}
