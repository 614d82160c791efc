#include "os/wakers.h"

#include <doctest/doctest.h>
#include <poll.h>

#include <string>
#include <vector>

#include "helpers/descriptor_limit.h"
#include "helpers/open_descriptors.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

bool Rung(const Wakers& wakers) {
  pollfd ready{wakers.doorbell.waitable(), POLLIN, 0};
  return poll(&ready, 1, 0) > 0;
}

struct BothSides {
  BothSides() {
    std::vector<Handle> handles;
    SystemError error;
    REQUIRE(CreateWakers(&acceptor, &handles, &error));
    REQUIRE(handles.size() == kWakerHandles);
    REQUIRE(AdoptWakers(handles.data(), &connector, &error));
  }

  Wakers acceptor;
  Wakers connector;
};

}  // namespace

TEST_CASE("each side wakes its own loop, and that of the other") {
  BothSides both;
  for (auto [mine, theirs] : {std::pair{&both.acceptor, &both.connector},
                              std::pair{&both.connector, &both.acceptor}}) {
    mine->own_button.Press();
    CHECK(Rung(*mine));
    CHECK_FALSE(Rung(*theirs));
    mine->doorbell.Drain();
    CHECK_FALSE(Rung(*mine));
    mine->peer_button.Press();
    CHECK(Rung(*theirs));
    CHECK_FALSE(Rung(*mine));
    theirs->doorbell.Drain();
  }
}

TEST_CASE("both sides together hold no more descriptors than they need") {
  const size_t before = OpenDescriptors();
  const BothSides both;
  // A doorbell and two buttons each.
  CHECK(OpenDescriptors() == before + 6);
}

TEST_CASE("without descriptors there are no wakers, and nothing is left") {
  const size_t before = OpenDescriptors();
  SystemError error;
  {
    Wakers wakers;
    std::vector<Handle> handles;
    const NoNewDescriptors limit;
    CHECK_FALSE(CreateWakers(&wakers, &handles, &error));
  }
  CHECK(std::string(error.call) == "epoll_create1");
  CHECK(ReasonOf(error) == Reason::kExhausted);
  CHECK(OpenDescriptors() == before);
}
