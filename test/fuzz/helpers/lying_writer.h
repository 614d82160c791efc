#ifndef RINGWIRE_TEST_FUZZ_HELPERS_LYING_WRITER_H_
#define RINGWIRE_TEST_FUZZ_HELPERS_LYING_WRITER_H_

#include <fuzzer/FuzzedDataProvider.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "helpers/memory_ring.h"
#include "link/message.h"
#include "ring/layout.h"
#include "ring/position.h"

namespace ringwire {

// The writer of a ring whose input decides what it writes, and where. It knows
// the format, so that not every lie is found out at the first word.
class LyingWriter {
 public:
  explicit LyingWriter(MemoryRing* ring) : ring_(*ring) {}

  // One step.
  void Advance(FuzzedDataProvider* input) {
    switch (input->ConsumeIntegralInRange<int>(0, 5)) {
      case 0:
        PublishRecord(input);
        break;
      case 1:
        tail_ += input->ConsumeIntegral<uint16_t>();
        break;
      case 2:
        tail_ = input->ConsumeIntegral<uint64_t>();
        break;
      case 3: {
        const uint64_t position = tail_ + input->ConsumeIntegral<uint16_t>();
        Overwrite(position, input->ConsumeBytes<uint8_t>(4));
        break;
      }
      case 4:
        ring_.control.writer.space_event = input->ConsumeIntegral<uint64_t>();
        break;
      default:
        ring_.control.writer.blocked = input->ConsumeIntegral<uint8_t>();
        break;
    }
    ring_.control.writer.tail = tail_;
  }

 private:
  // Its header is right in most of its fields at most times; the tail moves as
  // far as the header says, or not.
  void PublishRecord(FuzzedDataProvider* input) {
    RecordHeader header{};
    header.kind = input->ConsumeBool() ? kRecordFirst : kRecordRest;
    header.head_length = static_cast<uint16_t>(
        input->ConsumeIntegralInRange<uint32_t>(0, 2 * kHeadCapacity));
    header.piece_length = header.head_length + Length(input);
    header.body_length = Length(input);
    header.sequence = input->ConsumeIntegral<uint8_t>();
    std::vector<uint8_t> bytes(sizeof(header));
    memcpy(bytes.data(), &header, sizeof(header));
    Overwrite(tail_, bytes);
    tail_ +=
        RecordSize(input->ConsumeBool() ? header.piece_length : Length(input));
  }
  uint32_t Length(FuzzedDataProvider* input) const {
    return input->ConsumeBool()
               ? input->ConsumeIntegralInRange<uint32_t>(0, ring_.capacity)
               : input->ConsumeIntegral<uint32_t>();
  }
  void Overwrite(uint64_t position, const std::vector<uint8_t>& bytes) {
    for (const uint8_t byte : bytes) {
      ring_.data[position++ % ring_.capacity] = byte;
    }
  }

  MemoryRing& ring_;
  uint64_t tail_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_FUZZ_HELPERS_LYING_WRITER_H_
