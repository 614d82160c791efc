#include <doctest/doctest.h>

#include <cstring>

#include "helpers/memory_ring.h"
#include "helpers/payload.h"
#include "ring/position.h"
#include "ring/ring_reader.h"
#include "ring/ring_writer.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

RecordHeader HeaderOf(uint32_t piece_length) {
  RecordHeader header{};
  header.piece_length = piece_length;
  header.kind = kRecordFirst;
  return header;
}

RingWriter::Result Write(RingWriter* writer, const Payload& payload) {
  bool wake = false;
  return writer->Write(HeaderOf(static_cast<uint32_t>(payload.size())),
                       ToBytes(payload), {}, &wake);
}

// The next record's payload; the record is released.
Payload Read(RingReader* reader) {
  RecordHeader header;
  REQUIRE(reader->Next(&header) == RingReader::Result::kRecord);
  Payload payload(header.piece_length);
  reader->Copy(0, payload.data(), payload.size());
  reader->Release();
  return payload;
}

RingReader::Result Look(RingReader* reader) {
  RecordHeader header;
  return reader->Next(&header);
}

}  // namespace

TEST_CASE("a new ring is empty") {
  MemoryRing ring(kMinCapacity);
  RingReader reader = ring.Reader();
  CHECK(Look(&reader) == RingReader::Result::kEmpty);
  CHECK_FALSE(reader.HasData());
}

TEST_CASE("the backlog ends though no record ends there, and others come") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  REQUIRE(Write(&writer, Numbered(24, 1)) == RingWriter::Result::kOk);
  const uint64_t whole = ring.control.writer.tail.load();
  // Between two records, for whoever asks just then.
  ring.control.writer.tail.store(whole - 8);
  const uint64_t backlog = reader.Backlog();
  ring.control.writer.tail.store(whole);
  int read = 0;
  while (reader.head() < backlog) {
    Read(&reader);
    REQUIRE(Write(&writer, Numbered(24, 1)) == RingWriter::Result::kOk);
    REQUIRE(++read < 10);
  }
  CHECK(read == 1);
}

TEST_CASE("the backlog is never more than the ring holds") {
  MemoryRing ring(kMinCapacity);
  const RingReader reader = ring.Reader();
  ring.control.writer.tail.store(uint64_t{1} << 60);
  CHECK(reader.Backlog() == kMinCapacity);
}

TEST_CASE("a record comes out as it went in, header and payload") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  const Payload first = Numbered(5, 1);
  const Payload second = Numbered(7, 100);
  const RecordHeader sent{12, 700, 42, 5, kRecordRest};
  bool wake = false;
  REQUIRE(writer.Write(sent, ToBytes(first), ToBytes(second), &wake) ==
          RingWriter::Result::kOk);
  CHECK(reader.HasData());

  RecordHeader got;
  REQUIRE(reader.Next(&got) == RingReader::Result::kRecord);
  CHECK(got.piece_length == 12);
  CHECK(got.body_length == 700);
  CHECK(got.sequence == 42);
  CHECK(got.head_length == 5);
  CHECK(got.kind == kRecordRest);
  Payload head(5);
  Payload rest(7);
  reader.Copy(0, head.data(), head.size());
  reader.Copy(5, rest.data(), rest.size());
  CHECK(head == first);
  CHECK(rest == second);
  reader.Release();
  CHECK(Look(&reader) == RingReader::Result::kEmpty);
}

TEST_CASE("records without payload are records") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  REQUIRE(Write(&writer, {}) == RingWriter::Result::kOk);
  REQUIRE(Write(&writer, {}) == RingWriter::Result::kOk);
  CHECK(Read(&reader).empty());
  CHECK(Read(&reader).empty());
  CHECK(Look(&reader) == RingReader::Result::kEmpty);
}

TEST_CASE("Next without Release finds the same record again") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  REQUIRE(Write(&writer, Numbered(9, 3)) == RingWriter::Result::kOk);
  RecordHeader header;
  REQUIRE(reader.Next(&header) == RingReader::Result::kRecord);
  REQUIRE(reader.Next(&header) == RingReader::Result::kRecord);
  CHECK(Read(&reader) == Numbered(9, 3));
}

TEST_CASE("records of every length survive the wrap at every offset") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  // 21 is coprime to the capacity in units of 8, so that every offset occurs.
  for (uint32_t i = 0; i < 4 * kMinCapacity; ++i) {
    const Payload payload = Numbered(i % 3 == 0 ? i % 257 : 21 * 8 + i % 8, i);
    REQUIRE(Write(&writer, payload) == RingWriter::Result::kOk);
    REQUIRE(Read(&reader) == payload);
  }
}

TEST_CASE("a record may fill the ring to the last byte") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  const Payload most = Numbered(kMinCapacity - sizeof(RecordHeader), 7);
  for (int i = 0; i < 3; ++i) {
    REQUIRE(Write(&writer, most) == RingWriter::Result::kOk);
    CHECK(Write(&writer, {}) == RingWriter::Result::kFull);
    REQUIRE(Read(&reader) == most);
  }
}

TEST_CASE("a full ring takes nothing, and goes on when there is room") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  const Payload quarter = Numbered(kMinCapacity / 4 - 16, 9);
  for (int i = 0; i < 4; ++i) {
    REQUIRE(Write(&writer, quarter) == RingWriter::Result::kOk);
  }
  const uint64_t tail = ring.control.writer.tail.load();
  CHECK(Write(&writer, Numbered(1, 1)) == RingWriter::Result::kFull);
  CHECK(ring.control.writer.tail.load() == tail);
  CHECK(Read(&reader) == quarter);
  CHECK(Write(&writer, quarter) == RingWriter::Result::kOk);
  CHECK(Write(&writer, quarter) == RingWriter::Result::kFull);
}

TEST_CASE("a record larger than the ring is never written") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  const Payload payload(kMinCapacity - 15);
  CHECK(Write(&writer, payload) == RingWriter::Result::kFull);
  CHECK(ring.control.writer.tail.load() == 0);
}

TEST_CASE("positions beyond 32 bits are positions like others") {
  constexpr uint32_t kCapacity = 1 << 20;
  MemoryRing ring(kCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  RecordHeader header;
  bool wake = false;
  for (uint64_t i = 0; i <= (uint64_t{1} << 32) / kCapacity; ++i) {
    // Whatever lies in the ring is the payload: only the positions matter.
    REQUIRE(writer.Write(HeaderOf(kCapacity - sizeof(RecordHeader)), {}, {},
                         &wake) == RingWriter::Result::kOk);
    REQUIRE(reader.Next(&header) == RingReader::Result::kRecord);
    reader.Release();
  }
  REQUIRE(ring.control.reader.head.load() > UINT32_MAX);
  REQUIRE(Write(&writer, Numbered(100, 3)) == RingWriter::Result::kOk);
  CHECK(Read(&reader) == Numbered(100, 3));
}

TEST_CASE("a writer's position that cannot be is corrupt") {
  // With one record in the ring, 24 bytes long.
  const auto with_tail = [](uint64_t tail) {
    MemoryRing ring(kMinCapacity);
    RingWriter writer = ring.Writer();
    RingReader reader = ring.Reader();
    REQUIRE(Write(&writer, Numbered(8, 1)) == RingWriter::Result::kOk);
    ring.control.writer.tail.store(tail);
    return Look(&reader);
  };
  CHECK(with_tail(24) == RingReader::Result::kRecord);
  CHECK(with_tail(kMinCapacity) == RingReader::Result::kRecord);
  for (const uint64_t tail :
       {uint64_t{1}, uint64_t{8}, uint64_t{15}, uint64_t{16}, uint64_t{23},
        uint64_t{25}, uint64_t{kMinCapacity} + 8, uint64_t{1} << 32,
        uint64_t{1} << 63, UINT64_MAX, UINT64_MAX - 7}) {
    CAPTURE(tail);
    CHECK(with_tail(tail) == RingReader::Result::kCorrupt);
  }
}

TEST_CASE("a writer that goes back is corrupt") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  for (int i = 0; i < 2; ++i) {
    REQUIRE(Write(&writer, Numbered(8, 1)) == RingWriter::Result::kOk);
    Read(&reader);
  }
  ring.control.writer.tail.store(24);
  CHECK(Look(&reader) == RingReader::Result::kCorrupt);
  // And stays so: the bad position is not forgotten for a good one.
  CHECK(Look(&reader) == RingReader::Result::kCorrupt);
}

TEST_CASE("a record that reaches beyond the writer's position is corrupt") {
  for (const uint32_t length :
       {uint32_t{9}, uint32_t{17}, kMinCapacity, UINT32_MAX - 15, UINT32_MAX}) {
    CAPTURE(length);
    MemoryRing ring(kMinCapacity);
    RingWriter writer = ring.Writer();
    RingReader reader = ring.Reader();
    REQUIRE(Write(&writer, Numbered(8, 1)) == RingWriter::Result::kOk);
    memcpy(ring.data.get(), &length, sizeof(length));
    CHECK(Look(&reader) == RingReader::Result::kCorrupt);
  }
}

TEST_CASE("a header changed after Next does not change the record") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  REQUIRE(Write(&writer, Numbered(8, 1)) == RingWriter::Result::kOk);
  REQUIRE(Write(&writer, Numbered(8, 50)) == RingWriter::Result::kOk);
  RecordHeader header;
  REQUIRE(reader.Next(&header) == RingReader::Result::kRecord);
  const uint32_t huge = UINT32_MAX;
  memcpy(ring.data.get(), &huge, sizeof(huge));
  reader.Release();
  CHECK(Read(&reader) == Numbered(8, 50));
}

TEST_CASE("a reader's position that cannot be is corrupt") {
  const auto with_head = [](uint64_t head) {
    MemoryRing ring(kMinCapacity);
    RingWriter writer = ring.Writer();
    const Payload most(kMinCapacity - sizeof(RecordHeader));
    REQUIRE(Write(&writer, most) == RingWriter::Result::kOk);
    ring.control.reader.head.store(head);
    return Write(&writer, Numbered(8, 1));
  };
  CHECK(with_head(0) == RingWriter::Result::kFull);
  CHECK(with_head(24) == RingWriter::Result::kOk);
  CHECK(with_head(kMinCapacity) == RingWriter::Result::kOk);
  for (const uint64_t head :
       {uint64_t{1}, uint64_t{25}, uint64_t{kMinCapacity} + 8,
        uint64_t{1} << 32, uint64_t{1} << 63, UINT64_MAX, UINT64_MAX - 7}) {
    CAPTURE(head);
    CHECK(with_head(head) == RingWriter::Result::kCorrupt);
  }
}

TEST_CASE("a reader's impossible position is never used for later writes") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  const Payload most(kMinCapacity - sizeof(RecordHeader));
  REQUIRE(Write(&writer, most) == RingWriter::Result::kOk);
  // Taken at its word, this leaves more room than the ring has.
  ring.control.reader.head.store(kMinCapacity + 8);
  CHECK(writer.ArmSpace(8));
  CHECK(Write(&writer, Numbered(8, 1)) == RingWriter::Result::kCorrupt);
  CHECK(Write(&writer, Numbered(8, 1)) == RingWriter::Result::kCorrupt);
  ring.control.reader.head.store(0);
  CHECK(Write(&writer, Numbered(8, 1)) == RingWriter::Result::kFull);
}

TEST_CASE("each side says how it sleeps, and the other sees it") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  CHECK_FALSE(writer.ReaderBlocked());
  CHECK_FALSE(reader.WriterBlocked());
  reader.SetBlocked(true);
  CHECK(writer.ReaderBlocked());
  CHECK_FALSE(reader.WriterBlocked());
  writer.SetBlocked(true);
  CHECK(reader.WriterBlocked());
  reader.SetBlocked(false);
  CHECK_FALSE(writer.ReaderBlocked());
}

TEST_CASE("the futex words are the low halves of the positions") {
  MemoryRing ring(kMinCapacity);
  RingWriter writer = ring.Writer();
  RingReader reader = ring.Reader();
  REQUIRE(Write(&writer, Numbered(8, 1)) == RingWriter::Result::kOk);
  CHECK(reader.DataWord()->load() == 24);
  CHECK(writer.DataWord() == reader.DataWord());
  CHECK(writer.SpaceWord()->load() == 0);
  Read(&reader);
  CHECK(reader.SpaceWord()->load() == 24);
  CHECK(writer.SpaceWord() == reader.SpaceWord());
}
