#include "link/hand_over.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <utility>

#include "helpers/descriptor_limit.h"
#include "helpers/new_sealed.h"
#include "helpers/open_descriptors.h"
#include "os/sealed_memory.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint64_t kLength = 100'000;

// The sockets of a link, and what one side keeps of the other.
struct Ends {
  Ends() {
    SystemError error;
    REQUIRE(Socket::Pair(&peer, &mine, &error));
  }
  Status Give(uint32_t ticket, const Handle& memory,
              uint64_t byte_length = kLength) {
    return SendParcel(&peer, ticket, memory.get(), byte_length);
  }
  Status Take(uint32_t ticket) { return parcels.Take(&mine, ticket, &parcel); }

  Socket peer;
  Socket mine;
  Parcels parcels;
  Parcel parcel;
};

Handle Memory(uint64_t byte_length = kLength) {
  return NewSealed(SharedSize(byte_length));
}

}  // namespace

TEST_CASE("hand-over: its message lies where README says") {
  CHECK(kHandOverMagic == 0x48574952);
  CHECK(kSharedUnit == 65536);
  CHECK(kMaxSharedLength == 1073741824);
  CHECK(kMostWaiting == 64);

  CHECK(sizeof(HandOver) == 16);
  CHECK(offsetof(HandOver, magic) == 0);
  CHECK(offsetof(HandOver, ticket) == 4);
  CHECK(offsetof(HandOver, byte_length) == 8);
}

TEST_CASE("hand-over: memory comes out as it went in") {
  Ends ends;
  const Handle memory = Memory();
  REQUIRE(ends.Give(7, memory) == Status::kOk);
  REQUIRE(ends.Take(7) == Status::kOk);
  CHECK(ends.parcel.ticket == 7);
  CHECK(ends.parcel.byte_length == kLength);
  CHECK(IsSameMemory(ends.parcel.memory.get(), memory.get()));
  CHECK((fcntl(ends.parcel.memory.get(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("hand-over: an answer may be read before the messages before it") {
  Ends ends;
  const Handle memory = Memory();
  for (const uint32_t ticket : {1, 2, 3}) {
    REQUIRE(ends.Give(ticket, memory) == Status::kOk);
  }
  for (const uint32_t ticket : {3, 1, 2}) {
    CAPTURE(ticket);
    CHECK(ends.Take(ticket) == Status::kOk);
    CHECK(ends.parcel.ticket == ticket);
  }
}

TEST_CASE("hand-over: what a dead peer handed over is still there") {
  Ends ends;
  REQUIRE(ends.Give(1, Memory()) == Status::kOk);
  ends.peer.Close();
  CHECK(ends.mine.HungUp());
  CHECK(ends.Take(1) == Status::kOk);
}

TEST_CASE("hand-over: a ticket that was not handed over is a violation") {
  Ends ends;
  CHECK(ends.Take(1) == Status::kCorrupt);
  REQUIRE(ends.Give(1, Memory()) == Status::kOk);
  CHECK(ends.Take(2) == Status::kCorrupt);
  CHECK(ends.Take(1) == Status::kOk);
  CHECK(ends.Take(1) == Status::kCorrupt);
  ends.peer.Close();
  CHECK(ends.Take(1) == Status::kCorrupt);
}

TEST_CASE("hand-over: memory that could fault or grow is a violation") {
  const size_t before = OpenDescriptors();
  {
    Ends ends;
    const Handle memory(memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    REQUIRE(ftruncate(memory.get(), SharedSize(kLength)) == 0);
    REQUIRE(ends.Give(1, memory) == Status::kOk);
    CHECK(ends.Take(1) == Status::kCorrupt);
    REQUIRE(fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK) == 0);
    REQUIRE(ends.Give(2, memory) == Status::kOk);
    CHECK(ends.Take(2) == Status::kCorrupt);
    const Handle file(open("/dev/null", O_RDWR | O_CLOEXEC));
    REQUIRE(ends.Give(3, file) == Status::kOk);
    CHECK(ends.Take(3) == Status::kCorrupt);
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("hand-over: memory of another size than stated is a violation") {
  const Handle memory = Memory();
  for (const uint64_t length :
       {uint64_t{0}, kLength + kSharedUnit, kMaxSharedLength + 1, UINT64_MAX}) {
    CAPTURE(length);
    Ends ends;
    REQUIRE(ends.Give(1, memory, length) == Status::kOk);
    CHECK(ends.Take(1) == Status::kCorrupt);
  }
}

TEST_CASE("hand-over: anything else on the socket is a violation, once asked") {
  const Handle memory = Memory();
  const int descriptor = memory.get();
  const HandOver note{kHandOverMagic, 1, kLength};
  const HandOver wrong{kHandOverMagic + 1, 1, kLength};
  const size_t before = OpenDescriptors();
  for (int kind = 0; kind < 4; ++kind) {
    CAPTURE(kind);
    Ends ends;
    const IoResult sent =
        kind == 0   ? ends.peer.Send(&note, sizeof(note), nullptr, 0)
        : kind == 1 ? ends.peer.Send(&note, sizeof(note) - 1, &descriptor, 1)
        : kind == 2 ? ends.peer.Send(&wrong, sizeof(wrong), &descriptor, 1)
                    : ends.peer.Send("x", 1, nullptr, 0);
    REQUIRE(sent == IoResult::kOk);
    CHECK(ends.Take(1) == Status::kCorrupt);
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("hand-over: a peer makes us hold so many descriptors and no more") {
  Ends ends;
  const Handle memory = Memory();
  const size_t before = OpenDescriptors();
  uint32_t ticket = 0;
  while (ticket < 4 * kMostWaiting) {
    for (int i = 0; i < 16; ++i) {
      REQUIRE(ends.Give(++ticket, memory) == Status::kOk);
    }
    // A ticket nobody hands over: all that came is read.
    CHECK(ends.Take(0) != Status::kOk);
    CHECK(OpenDescriptors() <= before + kMostWaiting);
  }
  CHECK(OpenDescriptors() == before + kMostWaiting);
  // The oldest went, which is no fault of the peer's.
  CHECK(ends.Take(1) == Status::kNoMemory);
  CHECK(ends.Take(ticket) == Status::kOk);
}

TEST_CASE("hand-over: a peer that takes nothing stops the sender, not blocks") {
  Ends ends;
  const Handle memory = Memory();
  uint32_t ticket = 0;
  Status status = Status::kOk;
  while (status == Status::kOk && ticket < 1'000'000) {
    status = ends.Give(++ticket, memory);
  }
  CHECK(status == Status::kQueueFull);
  REQUIRE(ends.Take(1) == Status::kOk);
  CHECK(ends.Give(ticket, memory) == Status::kOk);
  ends.mine.Close();
  CHECK(ends.Give(ticket, memory) == Status::kPeerGone);
}

TEST_CASE("hand-over: without descriptors the memory is lost, not the link") {
  Ends ends;
  const Handle memory = Memory();
  REQUIRE(ends.Give(1, memory) == Status::kOk);
  {
    const NoNewDescriptors limit;
    CHECK(ends.Take(1) == Status::kNoMemory);
  }
  REQUIRE(ends.Give(2, memory) == Status::kOk);
  CHECK(ends.Take(2) == Status::kOk);
}
