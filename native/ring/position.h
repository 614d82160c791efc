#ifndef RINGWIRE_RING_POSITION_H_
#define RINGWIRE_RING_POSITION_H_

#include <atomic>
#include <cstdint>

#include "ring/layout.h"

// Arithmetic on positions: 64-bit counts of bytes that never wrap in practice
// and are compared as if they could.

namespace ringwire {

// Bytes a record takes in the ring.
constexpr uint64_t RecordSize(uint64_t payload) {
  return (sizeof(RecordHeader) + payload + kRecordAlignment - 1) /
         kRecordAlignment * kRecordAlignment;
}

// Whether a move from `before` to `after` went past `event`: it lies in
// [before, after). The rule of virtio's EVENT_IDX.
constexpr bool Passed(uint64_t event, uint64_t before, uint64_t after) {
  return after - event - 1 < after - before;
}

// The part of a position that a thread can sleep on: numbers are little-endian,
// so it comes first.
inline std::atomic<uint32_t>* LowHalf(std::atomic<uint64_t>* position) {
  return reinterpret_cast<std::atomic<uint32_t>*>(position);
}

}  // namespace ringwire

#endif  // RINGWIRE_RING_POSITION_H_
