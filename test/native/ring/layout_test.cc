#include "ring/layout.h"

#include <doctest/doctest.h>

#include "ring/position.h"

// The numbers of native/README.md, written out once more: two versions of the
// package that disagree about one of them must not share memory.

using namespace ringwire;  // NOLINT(google-build-using-namespace)

TEST_CASE("the constants of the format are those of README") {
  CHECK(kSegmentMagic == 0x53574952);
  CHECK(kSegmentVersion == 2);
  CHECK(kPageSize == 4096);
  CHECK(kSharingDistance == 128);
  CHECK(kMaxCapacity == 1073741824);
  CHECK(kRecordAlignment == 8);
  CHECK(kRecordFirst == 1);
  CHECK(kRecordRest == 2);
}

TEST_CASE("words of different writers are 128 bytes apart") {
  CHECK(sizeof(RingControl) == 256);
  CHECK(sizeof(WriterLine) == 128);
  CHECK(sizeof(ReaderLine) == 128);
  CHECK(sizeof(SideLine) == 128);
  CHECK(offsetof(RingControl, writer) == 0);
  CHECK(offsetof(RingControl, reader) == 128);
  CHECK(offsetof(WriterLine, tail) == 0);
  CHECK(offsetof(WriterLine, space_event) == 8);
  CHECK(offsetof(WriterLine, blocked) == 16);
  CHECK(offsetof(ReaderLine, head) == 0);
  CHECK(offsetof(ReaderLine, data_event) == 8);
  CHECK(offsetof(ReaderLine, blocked) == 16);
}

TEST_CASE("the segment header lies where README says") {
  CHECK(offsetof(SegmentHeader, magic) == 0);
  CHECK(offsetof(SegmentHeader, version) == 4);
  CHECK(offsetof(SegmentHeader, reserved) == 6);
  CHECK(offsetof(SegmentHeader, event_capacity) == 8);
  CHECK(offsetof(SegmentHeader, reply_capacity) == 12);
  CHECK(offsetof(SegmentHeader, acceptor) == 128);
  CHECK(offsetof(SegmentHeader, connector) == 256);
  CHECK(offsetof(SideLine, closed) == 0);
  CHECK(offsetof(SideLine, calling) == 4);
  CHECK(offsetof(SideLine, core) == 8);
  CHECK(offsetof(SideLine, thread) == 12);
  CHECK(offsetof(SegmentHeader, up) == 384);
  CHECK(offsetof(SegmentHeader, down) == 640);
  CHECK(offsetof(SegmentHeader, up_reply) == 896);
  CHECK(offsetof(SegmentHeader, down_reply) == 1152);
  CHECK(offsetof(SegmentHeader, up_result) == 1408);
  CHECK(offsetof(SegmentHeader, down_result) == 1664);
  CHECK(sizeof(SegmentHeader) == 1920);
}

TEST_CASE("the record header lies where README says") {
  CHECK(sizeof(RecordHeader) == 16);
  CHECK(offsetof(RecordHeader, piece_length) == 0);
  CHECK(offsetof(RecordHeader, body_length) == 4);
  CHECK(offsetof(RecordHeader, sequence) == 8);
  CHECK(offsetof(RecordHeader, head_length) == 12);
  CHECK(offsetof(RecordHeader, kind) == 14);
}

TEST_CASE("the data areas follow each other from the second page on") {
  constexpr uint32_t kEvents = 1 << 20;
  constexpr uint32_t kReplies = 1 << 16;
  CHECK(UpOffset() == 4096);
  CHECK(DownOffset(kEvents) == 4096 + kEvents);
  CHECK(UpReplyOffset(kEvents) == 4096 + 2 * kEvents);
  CHECK(DownReplyOffset(kEvents, kReplies) == 4096 + 2 * kEvents + kReplies);
  CHECK(UpResultOffset(kEvents, kReplies) == 4096 + 2 * (kEvents + kReplies));
  CHECK(DownResultOffset(kEvents, kReplies) ==
        4096 + 3 * kEvents + 2 * kReplies);
  CHECK(SegmentSize(kEvents, kReplies) == 4096 + 4 * kEvents + 2 * kReplies);
}

TEST_CASE("the largest segment does not overflow its size") {
  CHECK(SegmentSize(kMaxCapacity, kMaxCapacity) ==
        4096 + 6 * size_t{kMaxCapacity});
}

TEST_CASE("a record is its header and payload, rounded up to 8 bytes") {
  CHECK(RecordSize(0) == 16);
  CHECK(RecordSize(1) == 24);
  CHECK(RecordSize(8) == 24);
  CHECK(RecordSize(9) == 32);
  CHECK(RecordSize(UINT32_MAX) == (uint64_t{1} << 32) + 16);
}

TEST_CASE("an event is passed when it lies in the half-open move") {
  CHECK(Passed(10, 10, 11));
  CHECK(Passed(19, 10, 20));
  CHECK_FALSE(Passed(20, 10, 20));
  CHECK_FALSE(Passed(9, 10, 20));
  CHECK_FALSE(Passed(10, 10, 10));
  CHECK_FALSE(Passed(0, 10, 20));
}

TEST_CASE("an event is passed across the end of the numbers too") {
  CHECK(Passed(UINT64_MAX, UINT64_MAX - 1, 1));
  CHECK(Passed(0, UINT64_MAX - 1, 1));
  CHECK_FALSE(Passed(1, UINT64_MAX - 1, 1));
  CHECK_FALSE(Passed(UINT64_MAX - 2, UINT64_MAX - 1, 1));
}

TEST_CASE("the low half of a position is what a futex watches") {
  std::atomic<uint64_t> position{0x1122334455667788};
  CHECK(LowHalf(&position)->load() == 0x55667788);
}
