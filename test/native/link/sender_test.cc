#include "link/sender.h"

#include <doctest/doctest.h>

#include "helpers/heap_sink.h"
#include "helpers/memory_ring.h"
#include "helpers/payload.h"
#include "link/receiver.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint32_t kCapacity = kMinLinkCapacity;
constexpr uint64_t kNoLimit = UINT64_MAX;

struct SenderAndReader {
  MemoryRing ring{kCapacity};
  Sender sender{ring.Writer()};
  RingReader reader{ring.Reader()};

  Status Send(const Payload& head, const Payload& body,
              uint64_t limit = kNoLimit) {
    return sender.Send({ToBytes(head), ToBytes(body), 0}, limit, &wake);
  }

  // Takes the next record; false when there is none.
  bool Take() {
    if (reader.Next(&header) != RingReader::Result::kRecord) return false;
    payload.resize(header.piece_length);
    reader.Copy(0, payload.data(), payload.size());
    asked_for_space = reader.Release();
    return true;
  }

  bool wake = false;
  bool asked_for_space = false;
  RecordHeader header{};
  Payload payload;
};

}  // namespace

TEST_CASE("a message that fits is one record") {
  SenderAndReader it;
  const Payload head = Numbered(10, 1);
  const Payload body = Numbered(100, 2);
  CHECK(it.sender.Send({ToBytes(head), ToBytes(body), 77}, kNoLimit,
                       &it.wake) == Status::kOk);
  CHECK(it.sender.idle());
  REQUIRE(it.Take());
  CHECK(it.header.kind == kRecordFirst);
  CHECK(it.header.piece_length == 110);
  CHECK(it.header.head_length == 10);
  CHECK(it.header.body_length == 100);
  CHECK(it.header.sequence == 77);
  CHECK(Payload(it.payload.begin(), it.payload.begin() + 10) == head);
  CHECK(Payload(it.payload.begin() + 10, it.payload.end()) == body);
  CHECK_FALSE(it.Take());
}

TEST_CASE("a message of nothing is a record too") {
  SenderAndReader it;
  CHECK(it.Send({}, {}) == Status::kOk);
  REQUIRE(it.Take());
  CHECK(it.header.piece_length == 0);
  CHECK(it.header.kind == kRecordFirst);
}

TEST_CASE("a longer message is cut into quarters of the ring") {
  SenderAndReader it;
  const Payload head = Numbered(100, 1);
  const Payload body = Numbered(kCapacity / 2, 2);
  CHECK(it.Send(head, body) == Status::kOk);
  CHECK(it.sender.idle());
  Payload got;
  const uint32_t pieces[] = {kCapacity / 4, kCapacity / 4, 100};
  for (int i = 0; i < 3; ++i) {
    REQUIRE(it.Take());
    CHECK(it.header.kind == (i == 0 ? kRecordFirst : kRecordRest));
    CHECK(it.header.head_length == (i == 0 ? 100 : 0));
    CHECK(it.header.body_length == kCapacity / 2);
    CHECK(it.header.piece_length == pieces[i]);
    got.insert(got.end(), it.payload.begin(), it.payload.end());
  }
  CHECK_FALSE(it.Take());
  CHECK(Payload(got.begin(), got.begin() + 100) == head);
  CHECK(Payload(got.begin() + 100, got.end()) == body);
}

TEST_CASE("the longest head takes a record of its own") {
  SenderAndReader it;
  const Payload head = Numbered(kHeadCapacity, 1);
  CHECK(it.Send(head, Numbered(10, 2)) == Status::kOk);
  REQUIRE(it.Take());
  CHECK(it.payload == head);
  REQUIRE(it.Take());
  CHECK(it.payload == Numbered(10, 2));
}

TEST_CASE("a head or a body that a record cannot state is too large") {
  SenderAndReader it;
  CHECK(it.Send(Payload(kHeadCapacity + 1), {}) == Status::kTooLarge);
  // Never read: the size is looked at first.
  const Message message{{}, {it.ring.data.get(), uint64_t{1} << 32}, 0};
  CHECK(it.sender.Send(message, kNoLimit, &it.wake) == Status::kTooLarge);
  CHECK(it.sender.idle());
  CHECK_FALSE(it.Take());
}

TEST_CASE("what does not fit waits, in order, until there is room") {
  SenderAndReader it;
  constexpr uint32_t kMessages = 100;
  for (uint32_t i = 0; i < kMessages; ++i) {
    REQUIRE(it.Send(Numbered(8, i), Numbered(2000, i)) == Status::kOk);
  }
  CHECK_FALSE(it.sender.idle());
  const uint64_t waiting = it.sender.queued_bytes();
  CHECK(waiting % 2008 == 0);
  CHECK(waiting > 100 * 2008 - kCapacity);
  for (uint32_t i = 0; i < kMessages; ++i) {
    if (!it.Take()) {
      REQUIRE(it.sender.Flush(&it.wake) == Status::kOk);
      REQUIRE(it.Take());
    }
    REQUIRE(it.header.piece_length == 2008);
    const Payload head(it.payload.begin(), it.payload.begin() + 8);
    REQUIRE(head == Numbered(8, i));
    const Payload body(it.payload.begin() + 8, it.payload.end());
    REQUIRE(body == Numbered(2000, i));
  }
  CHECK(it.sender.idle());
  CHECK(it.sender.queued_bytes() == 0);
}

TEST_CASE("the bytes that wait are copies") {
  SenderAndReader it;
  REQUIRE(it.Send({}, Payload(kCapacity)) == Status::kOk);
  Payload head = Numbered(20, 1);
  REQUIRE(it.Send(head, {}) == Status::kOk);
  REQUIRE_FALSE(it.sender.idle());
  head.assign(20, 0);
  while (it.Take() && it.header.head_length == 0) {
    REQUIRE(it.sender.Flush(&it.wake) == Status::kOk);
  }
  CHECK(it.payload == Numbered(20, 1));
}

TEST_CASE("a message longer than the ring goes through it in pieces") {
  SenderAndReader it;
  const Payload body = Numbered(10 * kCapacity + 5, 3);
  REQUIRE(it.Send(Numbered(3, 1), body) == Status::kOk);
  CHECK(it.sender.queued_bytes() >= 9 * kCapacity);
  Payload got;
  while (got.size() < body.size() + 3) {
    REQUIRE(it.Take());
    got.insert(got.end(), it.payload.begin(), it.payload.end());
    REQUIRE(it.sender.Flush(&it.wake) == Status::kOk);
  }
  CHECK(Payload(got.begin() + 3, got.end()) == body);
  CHECK(it.sender.idle());
}

TEST_CASE("the limit refuses what would wait behind others, and says so") {
  SenderAndReader it;
  // The first to wait is taken whatever its size: it has begun to leave.
  REQUIRE(it.Send({}, Payload(2 * kCapacity), 0) == Status::kOk);
  const uint64_t waiting = it.sender.queued_bytes();
  REQUIRE(waiting > 0);
  CHECK(it.Send({}, Payload(10), waiting + 9) == Status::kQueueFull);
  CHECK(it.sender.queued_bytes() == waiting);
  CHECK(it.Send({}, Payload(10), waiting + 10) == Status::kOk);
  CHECK(it.sender.queued_bytes() == waiting + 10);
  CHECK(it.Send({}, Payload(0), waiting + 10) == Status::kOk);
}

TEST_CASE("what waits asks the reader for a wake-up, once there is room") {
  SenderAndReader it;
  const Payload quarter(kCapacity / 4 - sizeof(RecordHeader));
  for (int i = 0; i < 4; ++i) REQUIRE(it.Send({}, quarter) == Status::kOk);
  REQUIRE(it.Take());
  // The first release passes the event that a new ring begins with.
  REQUIRE(it.Send({}, quarter) == Status::kOk);
  REQUIRE(it.sender.idle());
  REQUIRE(it.Take());
  CHECK_FALSE(it.asked_for_space);
  REQUIRE(it.Send({}, quarter) == Status::kOk);
  REQUIRE(it.Send({}, quarter) == Status::kOk);
  CHECK_FALSE(it.sender.idle());
  REQUIRE(it.Take());
  CHECK(it.asked_for_space);
  REQUIRE(it.sender.Flush(&it.wake) == Status::kOk);
  CHECK(it.sender.idle());
}

TEST_CASE("a message of nothing that waits keeps the sender busy") {
  SenderAndReader it;
  const Payload quarter(kCapacity / 4 - sizeof(RecordHeader));
  for (int i = 0; i < 4; ++i) REQUIRE(it.Send({}, quarter) == Status::kOk);
  REQUIRE(it.Send({}, {}) == Status::kOk);
  CHECK(it.sender.queued_bytes() == 0);
  CHECK_FALSE(it.sender.idle());
  REQUIRE(it.Take());
  CHECK(it.asked_for_space);
  REQUIRE(it.sender.Flush(&it.wake) == Status::kOk);
  CHECK(it.sender.idle());
}

TEST_CASE("a reader that sleeps is to be woken, one that reads is not") {
  SenderAndReader it;
  REQUIRE(it.Send({}, {}) == Status::kOk);
  CHECK(it.wake);
  it.wake = false;
  REQUIRE(it.Send({}, {}) == Status::kOk);
  CHECK_FALSE(it.wake);
  REQUIRE(it.Take());
  REQUIRE(it.Take());
  REQUIRE(it.reader.ArmData());
  REQUIRE(it.Send({}, {}) == Status::kOk);
  CHECK(it.wake);
}

TEST_CASE("an impossible position of the reader is corrupt, also in a flush") {
  SenderAndReader it;
  REQUIRE(it.Send({}, Payload(2 * kCapacity)) == Status::kOk);
  it.ring.control.reader.head.store(4);
  CHECK(it.sender.Flush(&it.wake) == Status::kCorrupt);
  CHECK(it.Send({}, {}) == Status::kCorrupt);
}

TEST_CASE("a message that ran out of room half-way can be left to the queue") {
  SenderAndReader it;
  const Payload body = Numbered(2 * kCapacity, 8);
  Sender::Outgoing outgoing({{}, ToBytes(body), 9});
  REQUIRE(it.sender.Advance(&outgoing, &it.wake) == RingWriter::Result::kFull);
  CHECK(outgoing.started);
  CHECK(it.sender.ArmSpace(outgoing));
  it.sender.Defer(outgoing);
  Payload got;
  while (it.Take()) {
    CHECK(it.header.sequence == 9);
    got.insert(got.end(), it.payload.begin(), it.payload.end());
    REQUIRE(it.sender.Flush(&it.wake) == Status::kOk);
  }
  CHECK(got == body);
}
