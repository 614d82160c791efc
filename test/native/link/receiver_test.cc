#include "link/receiver.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "helpers/heap_sink.h"
#include "helpers/memory_ring.h"
#include "helpers/payload.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

using Result = Receiver::Result;

constexpr uint32_t kCapacity = kMinLinkCapacity;

// A receiver, and a peer that writes whatever records it likes.
struct WriterAndReceiver {
  MemoryRing ring{kCapacity};
  RingWriter writer{ring.Writer()};
  std::unique_ptr<uint8_t[]> head{new uint8_t[kHeadCapacity]};
  Receiver receiver{ring.Reader(), head.get()};
  HeapSink sink;
  bool wake = false;

  void Write(const RecordHeader& header, const Payload& payload) {
    bool asked = false;
    REQUIRE(header.piece_length == payload.size());
    REQUIRE(writer.Write(header, ToBytes(payload), {}, &asked) ==
            RingWriter::Result::kOk);
  }
  void First(uint16_t head_length, uint32_t body_length, uint32_t sequence,
             const Payload& payload) {
    Write({static_cast<uint32_t>(payload.size()), body_length, sequence,
           head_length, kRecordFirst},
          payload);
  }
  void Rest(uint32_t body_length, uint32_t sequence, const Payload& payload) {
    Write({static_cast<uint32_t>(payload.size()), body_length, sequence, 0,
           kRecordRest},
          payload);
  }
  Result Next() { return receiver.Next(&sink, &wake); }
  Payload Head() const {
    return {head.get(), head.get() + receiver.head_length()};
  }
};

Payload Slice(const Payload& payload, size_t from, size_t to) {
  return {payload.begin() + static_cast<ptrdiff_t>(from),
          payload.begin() + static_cast<ptrdiff_t>(to)};
}

}  // namespace

TEST_CASE("a message in one record arrives whole") {
  WriterAndReceiver it;
  CHECK(it.Next() == Result::kEmpty);
  const Payload payload = Numbered(30, 1);
  it.First(10, 20, 5, payload);
  REQUIRE(it.Next() == Result::kMessage);
  CHECK(it.Head() == Slice(payload, 0, 10));
  CHECK(it.receiver.body_length() == 20);
  CHECK(it.receiver.sequence() == 5);
  CHECK(it.sink.Body() == Slice(payload, 10, 30));
  CHECK(it.Next() == Result::kEmpty);
}

TEST_CASE("a message without a body asks for no memory") {
  WriterAndReceiver it;
  it.First(10, 0, 0, Numbered(10, 1));
  it.First(0, 0, 0, {});
  CHECK(it.Next() == Result::kMessage);
  CHECK(it.receiver.head_length() == 10);
  CHECK(it.Next() == Result::kMessage);
  CHECK(it.receiver.head_length() == 0);
  CHECK(it.sink.allocated == 0);
}

TEST_CASE("a body is put together from records of any length") {
  WriterAndReceiver it;
  const Payload payload = Numbered(1004, 1);
  it.First(4, 1000, 7, Slice(payload, 0, 5));
  it.Rest(1000, 7, Slice(payload, 5, 6));
  it.Rest(1000, 7, Slice(payload, 6, 1003));
  it.Rest(1000, 7, Slice(payload, 1003, 1004));
  for (int i = 0; i < 3; ++i) CHECK(it.Next() == Result::kProgress);
  REQUIRE(it.Next() == Result::kMessage);
  CHECK(it.Head() == Slice(payload, 0, 4));
  CHECK(it.sink.Body() == Slice(payload, 4, 1004));
  CHECK(it.sink.allocated == 1);
}

TEST_CASE("the first record may carry the head alone") {
  WriterAndReceiver it;
  it.First(3, 5, 0, Numbered(3, 1));
  it.Rest(5, 0, Numbered(5, 2));
  CHECK(it.Next() == Result::kProgress);
  REQUIRE(it.Next() == Result::kMessage);
  CHECK(it.sink.Body() == Numbered(5, 2));
}

TEST_CASE("the longest head fits, a longer one is corrupt") {
  WriterAndReceiver it;
  it.First(kHeadCapacity, 0, 0, Numbered(kHeadCapacity, 1));
  REQUIRE(it.Next() == Result::kMessage);
  CHECK(it.Head() == Numbered(kHeadCapacity, 1));
  it.First(kHeadCapacity + 1, 0, 0, Payload(kHeadCapacity + 1));
  CHECK(it.Next() == Result::kCorrupt);
}

TEST_CASE("a record that is no start of a message is corrupt") {
  const auto result_of = [](const RecordHeader& header) {
    WriterAndReceiver it;
    it.Write(header, Payload(header.piece_length));
    const Result result = it.Next();
    CHECK(it.sink.allocated == 0);
    return result;
  };
  // Rest records of nothing.
  CHECK(result_of({8, 8, 0, 0, kRecordRest}) == Result::kCorrupt);
  CHECK(result_of({0, 0, 0, 0, kRecordRest}) == Result::kCorrupt);
  // Kinds that do not exist.
  CHECK(result_of({8, 8, 0, 0, 0}) == Result::kCorrupt);
  CHECK(result_of({8, 8, 0, 0, 3}) == Result::kCorrupt);
  CHECK(result_of({8, 8, 0, 0, UINT16_MAX}) == Result::kCorrupt);
  // A head longer than the record.
  CHECK(result_of({8, 8, 0, 9, kRecordFirst}) == Result::kCorrupt);
  CHECK(result_of({8, 8, 0, UINT16_MAX, kRecordFirst}) == Result::kCorrupt);
  // More body than announced.
  CHECK(result_of({8, 7, 0, 0, kRecordFirst}) == Result::kCorrupt);
  CHECK(result_of({8, 0, 0, 7, kRecordFirst}) == Result::kCorrupt);
}

TEST_CASE("a record that does not go on with the message is corrupt") {
  const auto result_of = [](const RecordHeader& header) {
    WriterAndReceiver it;
    it.First(2, 100, 7, Numbered(12, 1));
    REQUIRE(it.Next() == Result::kProgress);
    it.Write(header, Payload(header.piece_length));
    return it.Next();
  };
  CHECK(result_of({90, 100, 7, 0, kRecordRest}) == Result::kMessage);
  // Another message in between.
  CHECK(result_of({10, 10, 0, 0, kRecordFirst}) == Result::kCorrupt);
  // Beyond the end of the body.
  CHECK(result_of({91, 100, 7, 0, kRecordRest}) == Result::kCorrupt);
  // Another length, another sequence, a head, nothing at all.
  CHECK(result_of({90, 99, 7, 0, kRecordRest}) == Result::kCorrupt);
  CHECK(result_of({90, UINT32_MAX, 7, 0, kRecordRest}) == Result::kCorrupt);
  CHECK(result_of({90, 100, 8, 0, kRecordRest}) == Result::kCorrupt);
  CHECK(result_of({90, 100, 7, 1, kRecordRest}) == Result::kCorrupt);
  CHECK(result_of({0, 100, 7, 0, kRecordRest}) == Result::kCorrupt);
  CHECK(result_of({90, 100, 7, 0, 9}) == Result::kCorrupt);
}

TEST_CASE("what of a body comes is said before it is there") {
  WriterAndReceiver it;
  const Payload piece = Numbered(100, 1);
  it.First(0, 300, 0, piece);
  it.Rest(300, 0, piece);
  it.Rest(300, 0, piece);
  CHECK(it.Next() == Result::kProgress);
  CHECK(it.Next() == Result::kProgress);
  CHECK(it.Next() == Result::kMessage);
  CHECK(it.sink.expected == std::vector<uint32_t>{100, 200, 300});
}

TEST_CASE("a body that finds no memory is reported before it is filled") {
  WriterAndReceiver it;
  it.sink.most = 1000;
  it.First(3, UINT32_MAX, 6, Numbered(40, 1));
  CHECK(it.Next() == Result::kNoMemory);
  CHECK(it.receiver.sequence() == 6);
  CHECK(it.sink.allocated == 1);
}

TEST_CASE("the message after one that found no memory arrives") {
  WriterAndReceiver it;
  it.sink.most = 10;
  it.First(0, 20, 1, Numbered(15, 1));
  it.Rest(20, 1, Numbered(5, 2));
  it.First(0, 11, 2, Numbered(11, 3));
  it.First(0, 10, 3, Numbered(10, 4));
  CHECK(it.Next() == Result::kNoMemory);
  CHECK(it.Next() == Result::kProgress);
  CHECK(it.Next() == Result::kNoMemory);
  REQUIRE(it.Next() == Result::kMessage);
  CHECK(it.receiver.sequence() == 3);
  CHECK(it.sink.Body() == Numbered(10, 4));
}

TEST_CASE("an abandoned message is read past and never written anywhere") {
  WriterAndReceiver it;
  it.First(0, 30, 1, Numbered(10, 1));
  REQUIRE(it.Next() == Result::kProgress);
  it.receiver.Abandon(&it.sink);
  CHECK(it.sink.empty());
  it.receiver.Abandon(&it.sink);
  CHECK(it.sink.dropped == 1);

  it.Rest(30, 1, Numbered(10, 2));
  it.Rest(30, 1, Numbered(10, 3));
  it.First(0, 5, 2, Numbered(5, 4));
  CHECK(it.Next() == Result::kProgress);
  CHECK(it.Next() == Result::kProgress);
  CHECK(it.sink.allocated == 1);
  REQUIRE(it.Next() == Result::kMessage);
  CHECK(it.sink.Body() == Numbered(5, 4));
}

TEST_CASE("an abandoned message must still be a correct one") {
  WriterAndReceiver it;
  it.First(0, 30, 1, Numbered(10, 1));
  REQUIRE(it.Next() == Result::kProgress);
  it.receiver.Abandon(&it.sink);
  it.Rest(30, 1, Numbered(21, 2));
  CHECK(it.Next() == Result::kCorrupt);
}

TEST_CASE("there is nothing to abandon between two messages") {
  WriterAndReceiver it;
  it.receiver.Abandon(&it.sink);
  it.First(0, 5, 1, Numbered(5, 1));
  REQUIRE(it.Next() == Result::kMessage);
  it.receiver.Abandon(&it.sink);
  CHECK(it.sink.dropped == 0);
  CHECK(it.sink.Body() == Numbered(5, 1));
}

TEST_CASE("a ring whose positions lie is corrupt here too") {
  WriterAndReceiver it;
  it.ring.control.writer.tail.store(UINT64_MAX);
  CHECK(it.Next() == Result::kCorrupt);
}

TEST_CASE("taking a record tells whether the writer wants to be woken") {
  WriterAndReceiver it;
  it.First(0, 0, 0, {});
  CHECK(it.Next() == Result::kMessage);
  it.wake = false;
  const Payload most(kCapacity - sizeof(RecordHeader));
  it.First(0, static_cast<uint32_t>(most.size()), 0, most);
  CHECK(it.writer.ArmSpace(0));
  CHECK(it.Next() == Result::kMessage);
  CHECK(it.wake);
}
