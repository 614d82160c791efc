#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "child.h"
#include "helpers/address.h"
#include "helpers/new_sealed.h"
#include "is_wine.h"
#include "open_handles.h"
#include "os/sealed_memory.h"
#include "os/shared_word.h"
#include "os/wakers.h"
#include "ready.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint64_t kForEver = uint64_t{3600} * 1'000'000'000;
constexpr size_t kSize = 65536;

// A view of all of it.
class View {
 public:
  explicit View(const Handle& memory)
      : data_(MapViewOfFile(memory.get(), FILE_MAP_READ | FILE_MAP_WRITE, 0, 0,
                            0)) {
    REQUIRE(data_ != nullptr);
  }
  ~View() { UnmapViewOfFile(data_); }
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  std::atomic<uint32_t>* word(size_t index) const {
    return static_cast<std::atomic<uint32_t>*>(data_) + index;
  }

 private:
  void* data_;
};

struct Peers {
  Peers() {
    SystemError error;
    REQUIRE(Socket::Pair(&acceptor, &connector, &error));
    std::vector<Handle> handles;
    REQUIRE(CreateWakers(&mine, &handles, &error));
    REQUIRE(handles.size() == kWakerHandles);
    REQUIRE(AdoptWakers(handles.data(), &theirs, &error));
  }
  Socket acceptor;
  Socket connector;
  Wakers mine;
  Wakers theirs;
};

}  // namespace

TEST_CASE("event: each side wakes its own loop and the other's") {
  Peers peers;
  for (auto [one, other] : {std::pair{&peers.mine, &peers.theirs},
                            std::pair{&peers.theirs, &peers.mine}}) {
    one->own_button.Press();
    CHECK(IsReady(one->doorbell.waitable()));
    CHECK(IsReady(one->doorbell.waitable()));
    CHECK_FALSE(IsReady(other->doorbell.waitable()));
    one->doorbell.Drain();
    CHECK_FALSE(IsReady(one->doorbell.waitable()));
    one->peer_button.Press();
    CHECK(IsReady(other->doorbell.waitable()));
    other->doorbell.Drain();
  }
}

TEST_CASE("event: a peer can neither wait for a doorbell nor reset another's") {
  SystemError error;
  Doorbell doorbell;
  Button peers;
  Button own;
  REQUIRE(Doorbell::Create(&doorbell, &error));
  REQUIRE(doorbell.NewButton(&peers, &error));
  REQUIRE(doorbell.NewButton(&own, &error));
  const NativeHandle button = peers.handle().get();
  CHECK(WaitForSingleObject(button, 0) == WAIT_FAILED);
  if (!IsWine()) CHECK_FALSE(Restrict(button, SYNCHRONIZE).valid());
  own.Press();
  CHECK(ResetEvent(button));
  CHECK(IsReady(doorbell.waitable()));
  Button third;
  CHECK_FALSE(doorbell.NewButton(&third, &error));
}

TEST_CASE("event: what is no doorbell is not adopted") {
  Doorbell doorbell = Doorbell::Adopt(NewSealed(kSize));
  Button button;
  SystemError error;
  CHECK_FALSE(doorbell.NewButton(&button, &error));
  CHECK(std::string(error.call) == "ResetEvent");
}

TEST_CASE("waiter: it is woken by a wake-up, and by the end of the peer") {
  Peers peers;
  std::atomic<uint32_t> word{0};
  const auto sleep = [&] {
    peers.theirs.own_waiter.Wait(&word, 0, peers.connector, kForEver);
  };
  std::thread sleeper(sleep);
  peers.mine.peer_waiter.Wake(&word);
  sleeper.join();
  std::thread other(sleep);
  peers.acceptor.Close();
  other.join();
  CHECK(peers.connector.HungUp());
}

TEST_CASE("word: one that has changed already puts nobody to sleep") {
  const Handle memory = NewSealed(kSize);
  const View view(memory);
  view.word(3)->store(2);
  CHECK(WaitOnWord(view.word(3), 1, kForEver) == WaitResult::kWoken);
  CHECK(WaitOnWord(view.word(3), 2, 1'000'000) == WaitResult::kTimeout);
  CHECK(WakeOnWord(view.word(3), 1) == 0);
}

TEST_CASE("word: as many are woken as may be, and counted") {
  const Handle memory = NewSealed(kSize);
  const View mine(memory);
  const View theirs(memory);
  constexpr int kThreads = 4;
  const DWORD before = OpenHandles();
  std::vector<std::thread> threads;
  std::atomic<int> woken{0};
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      CHECK(WaitOnWord(theirs.word(7), 0, kForEver) == WaitResult::kWoken);
      ++woken;
    });
  }
  int total = 0;
  while (total < 2) {
    const int count = WakeOnWord(mine.word(7), 2 - total);
    CHECK(count <= 2 - total);
    total += count;
    CHECK(WakeOnWord(mine.word(8), 9) == 0);
  }
  while (woken.load() < 2) std::this_thread::yield();
  while (total < kThreads) total += WakeOnWord(mine.word(7), 100);
  CHECK(total == kThreads);
  for (std::thread& each : threads) each.join();
  CHECK(WakeOnWord(mine.word(7), 1) == 0);
  CHECK(OpenHandles() <= before);
}

TEST_CASE("(child) word: waits in another process" * doctest::skip()) {
  Socket socket;
  SystemError error;
  REQUIRE(Socket::Connect(AddressForChild(), &socket, &error));
  REQUIRE(socket.WaitReadable(-1));
  char byte = 0;
  size_t got = 0;
  std::vector<Handle> handles;
  REQUIRE(socket.Receive(&byte, 1, &got, &handles, 1) == IoResult::kOk);
  REQUIRE(handles.size() == 1);
  const View view(handles[0]);
  CHECK(WaitOnWord(view.word(5), 0, kForEver) == WaitResult::kWoken);
  TerminateProcess(GetCurrentProcess(), 43);
}

TEST_CASE("word: one who waits in another process is woken, and counted") {
  const std::string name = NewAddress();
  Socket listener;
  Socket peer;
  SystemError error;
  REQUIRE(Socket::Listen(name, &listener, &error));
  const Child child("(child) word: waits in another process", name);
  REQUIRE(IsReady(listener.waitable(), -1));
  REQUIRE(listener.Accept(&peer) == IoResult::kOk);
  const Handle memory = NewSealed(kSize);
  const View view(memory);
  const NativeHandle native = memory.get();
  REQUIRE(peer.Send("x", 1, &native, 1) == IoResult::kOk);
  int woken = 0;
  while (woken == 0 && !peer.HungUp()) {
    woken = WakeOnWord(view.word(5), 1);
    std::this_thread::yield();
  }
  CHECK(woken == 1);
  CHECK(child.Join() == 43);
}
