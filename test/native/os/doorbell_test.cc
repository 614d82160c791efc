#include "os/doorbell.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <thread>

#include "helpers/descriptor_limit.h"
#include "os/button.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

bool Readable(const Doorbell& doorbell, int timeout_ms = 0) {
  pollfd descriptor{doorbell.waitable(), POLLIN, 0};
  return poll(&descriptor, 1, timeout_ms) > 0;
}

struct DoorbellWithButton {
  DoorbellWithButton() {
    SystemError error;
    REQUIRE(Doorbell::Create(&doorbell, &error));
    REQUIRE(doorbell.NewButton(&button, &error));
  }

  Doorbell doorbell;
  Button button;
};

// What a peer can do with a descriptor it was given: the file behind it, flags
// and counter included, is the same as ours.
int Shared(int descriptor) {
  const int shared = dup(descriptor);
  REQUIRE(shared >= 0);
  return shared;
}

void MakeBlocking(int descriptor) {
  REQUIRE(fcntl(descriptor, F_SETFL,
                fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) == 0);
}

}  // namespace

TEST_CASE("a doorbell is readable from a press until it is drained") {
  DoorbellWithButton it;
  CHECK_FALSE(Readable(it.doorbell));
  it.button.Press();
  CHECK(Readable(it.doorbell));
  CHECK(Readable(it.doorbell));
  it.doorbell.Drain();
  CHECK_FALSE(Readable(it.doorbell));
}

TEST_CASE("many presses before a drain count as one") {
  DoorbellWithButton it;
  for (int i = 0; i < 1000; ++i) it.button.Press();
  it.doorbell.Drain();
  CHECK_FALSE(Readable(it.doorbell));
}

TEST_CASE("every press after a drain rings again") {
  DoorbellWithButton it;
  for (int i = 0; i < 1000; ++i) {
    it.button.Press();
    REQUIRE(Readable(it.doorbell));
    it.doorbell.Drain();
    REQUIRE_FALSE(Readable(it.doorbell));
  }
}

TEST_CASE("either of two buttons rings, and one drain answers both") {
  DoorbellWithButton it;
  Button other;
  SystemError error;
  REQUIRE(it.doorbell.NewButton(&other, &error));
  other.Press();
  CHECK(Readable(it.doorbell));
  it.button.Press();
  it.doorbell.Drain();
  CHECK_FALSE(Readable(it.doorbell));
}

TEST_CASE("a sleeping thread is woken by a press") {
  DoorbellWithButton it;
  bool woken = false;
  std::thread sleeper([&] { woken = Readable(it.doorbell, -1); });
  it.button.Press();
  sleeper.join();
  CHECK(woken);
}

TEST_CASE("a doorbell rings when the only button left is the peer's") {
  DoorbellWithButton it;
  Button peer = Button::Adopt(Handle(Shared(it.button.handle().get())));
  it.button = Button();
  peer.Press();
  CHECK(Readable(it.doorbell));
}

TEST_CASE("a button works when the only doorbell left is the peer's") {
  DoorbellWithButton it;
  Doorbell peer = Doorbell::Adopt(Handle(Shared(it.doorbell.waitable())));
  it.doorbell = Doorbell();
  it.button.Press();
  CHECK(Readable(peer));
  peer.Drain();
  CHECK_FALSE(Readable(peer));
}

TEST_CASE("pressing and draining survive the end of the peer") {
  DoorbellWithButton it;
  it.doorbell = Doorbell();
  it.button.Press();
  DoorbellWithButton other;
  other.button = Button();
  other.doorbell.Drain();
  CHECK_FALSE(Readable(other.doorbell));
}

TEST_CASE("drain does not block on a button that its holder made blocking") {
  DoorbellWithButton it;
  const Handle peer(Shared(it.button.handle().get()));
  MakeBlocking(peer.get());
  it.doorbell.Drain();
  it.button.Press();
  it.doorbell.Drain();
  CHECK_FALSE(Readable(it.doorbell));
}

TEST_CASE("a peer that filled its button's counter still cannot stop a drain") {
  DoorbellWithButton it;
  const Handle peer(Shared(it.button.handle().get()));
  const uint64_t most = UINT64_MAX - 1;
  REQUIRE(write(peer.get(), &most, sizeof(most)) == sizeof(most));
  MakeBlocking(peer.get());
  CHECK(Readable(it.doorbell));
  it.doorbell.Drain();
  it.doorbell.Drain();
  CHECK_FALSE(Readable(it.doorbell));
}

TEST_CASE("the holder of a doorbell cannot write to the button behind it") {
  DoorbellWithButton it;
  const Handle peer(Shared(it.doorbell.waitable()));
  const uint64_t most = UINT64_MAX - 1;
  CHECK(write(peer.get(), &most, sizeof(most)) < 0);
  MakeBlocking(peer.get());
  // The flag belongs to the doorbell, not to the button.
  CHECK((fcntl(it.button.handle().get(), F_GETFL) & O_NONBLOCK) != 0);
  for (int i = 0; i < 100; ++i) it.button.Press();
  CHECK(Readable(it.doorbell));
}

TEST_CASE("what is not a doorbell takes no button") {
  const DoorbellWithButton it;
  Doorbell adopted = Doorbell::Adopt(Handle(Shared(it.button.handle().get())));
  Button button;
  SystemError error;
  CHECK_FALSE(adopted.NewButton(&button, &error));
  CHECK(error.code == EINVAL);
}

TEST_CASE("without descriptors a doorbell says which call failed") {
  DoorbellWithButton it;
  Doorbell doorbell;
  SystemError doorbell_error;
  SystemError button_error;
  {
    const NoNewDescriptors limit;
    CHECK_FALSE(Doorbell::Create(&doorbell, &doorbell_error));
    CHECK_FALSE(it.doorbell.NewButton(&it.button, &button_error));
  }
  CHECK(std::string(doorbell_error.call) == "epoll_create1");
  CHECK(doorbell_error.code == EMFILE);
  CHECK(std::string(button_error.call) == "eventfd");
  CHECK(button_error.code == EMFILE);
}
