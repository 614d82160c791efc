#ifndef RINGWIRE_RING_LAYOUT_H_
#define RINGWIRE_RING_LAYOUT_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ringwire {

// The bytes two processes share. native/README.md is the normative text.

constexpr uint32_t kSegmentMagic = 0x53574952;  // "RIWS"
constexpr uint16_t kSegmentVersion = 2;
// Two cache lines: processors fetch them in pairs, so words of different
// writers this far apart never slow each other down.
constexpr size_t kSharingDistance = 128;
// A page, so that every data area starts on one.
constexpr uint32_t kMinCapacity = 4096;
constexpr uint32_t kMaxCapacity = 1u << 30;
constexpr uint32_t kRecordAlignment = 8;
constexpr size_t kPageSize = 4096;

// Written by the producer of a ring only.
struct alignas(kSharingDistance) WriterLine {
  std::atomic<uint64_t> tail;         // bytes ever written
  std::atomic<uint64_t> space_event;  // wake me when head passes this
  std::atomic<uint32_t> blocked;      // not 0: I sleep on the low half of head
};

// Written by the consumer only.
struct alignas(kSharingDistance) ReaderLine {
  std::atomic<uint64_t> head;        // bytes ever read
  std::atomic<uint64_t> data_event;  // wake me when tail passes this
  std::atomic<uint32_t> blocked;     // not 0: I sleep on the low half of tail
};

struct RingControl {
  WriterLine writer;
  ReaderLine reader;
};

// In front of each record; private copies only, since a peer can change it.
struct RecordHeader {
  uint32_t piece_length;  // payload bytes of this record
  uint32_t body_length;   // of the whole message
  uint32_t sequence;      // what it means depends on the ring: README
  uint16_t head_length;   // head bytes at the start of the payload
  uint16_t kind;
};
constexpr uint16_t kRecordFirst = 1;
constexpr uint16_t kRecordRest = 2;

// Written by one side only.
struct alignas(kSharingDistance) SideLine {
  std::atomic<uint32_t> closed;   // this side has ended the link
  std::atomic<uint32_t> calling;  // this side blocks in a synchronous call
  std::atomic<uint32_t> core;     // 1 + where it last waited; 0: never
  std::atomic<uint32_t> thread;   // that uses this side; 0: does not tell
};

struct SegmentHeader {
  uint32_t magic;
  uint16_t version;
  uint16_t reserved;
  uint32_t event_capacity;
  uint32_t reply_capacity;
  SideLine acceptor;
  SideLine connector;
  RingControl up;           // connector -> acceptor
  RingControl down;         // acceptor -> connector
  RingControl up_reply;     // connector answers the acceptor's calls
  RingControl down_reply;   // acceptor answers the connector's calls
  RingControl up_result;    // the connector's results of requests
  RingControl down_result;  // the acceptor's results of requests
};

static_assert(sizeof(RecordHeader) == 16, "part of the format");
static_assert(sizeof(RingControl) == 256, "part of the format");
static_assert(sizeof(SegmentHeader) <= kPageSize, "data starts at page 1");
static_assert(std::atomic<uint64_t>::is_always_lock_free &&
                  std::atomic<uint32_t>::is_always_lock_free,
              "a lock inside an atomic would not be shared");
static_assert(std::is_trivially_copyable<RecordHeader>::value,
              "copied as bytes");

// The six data areas follow the header's page, in this order.
constexpr size_t UpOffset() { return kPageSize; }
constexpr size_t DownOffset(uint32_t events) { return UpOffset() + events; }
constexpr size_t UpReplyOffset(uint32_t events) {
  return DownOffset(events) + events;
}
constexpr size_t DownReplyOffset(uint32_t events, uint32_t replies) {
  return UpReplyOffset(events) + replies;
}
constexpr size_t UpResultOffset(uint32_t events, uint32_t replies) {
  return DownReplyOffset(events, replies) + replies;
}
constexpr size_t DownResultOffset(uint32_t events, uint32_t replies) {
  return UpResultOffset(events, replies) + events;
}
constexpr size_t SegmentSize(uint32_t events, uint32_t replies) {
  return DownResultOffset(events, replies) + events;
}

}  // namespace ringwire

#endif  // RINGWIRE_RING_LAYOUT_H_
