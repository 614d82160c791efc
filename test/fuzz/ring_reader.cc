// One ring with a hostile writer, and the honest reader of its messages.
#include <doctest/doctest.h>
#include <fuzzer/FuzzedDataProvider.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "helpers/checked_sink.h"
#include "helpers/lying_writer.h"
#include "helpers/memory_ring.h"
#include "link/receiver.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

class Reading {
 public:
  Reading(MemoryRing* ring, uint32_t limit)
      : capacity_(ring->capacity),
        limit_(limit),
        head_(new uint8_t[kHeadCapacity]),
        receiver_(ring->Reader(), head_.get()) {
    receiver_.set_limit(limit);
  }

  void Abandon() { receiver_.Abandon(&sink_); }

  // Reads all that is there. False: an error has ended the ring.
  bool Drain() {
    for (uint64_t records = 0;; ++records) {
      REQUIRE(records <= capacity_ / sizeof(RecordHeader));
      const uint64_t before = receiver_.reader().head();
      const bool found = receiver_.HasRecord();
      bool wake = false;
      const Receiver::Result result = receiver_.Next(&sink_, &wake);
      const uint64_t taken = receiver_.reader().head() - before;
      switch (result) {
        case Receiver::Result::kEmpty:
          REQUIRE(!found);
          REQUIRE(taken == 0);
          return true;
        case Receiver::Result::kCorrupt:
        case Receiver::Result::kOverLimit:
          REQUIRE(taken == 0);
          return false;
        case Receiver::Result::kMessage:
          REQUIRE(receiver_.head_length() <= kHeadCapacity);
          REQUIRE(receiver_.body_length() <= limit_);
          break;
        case Receiver::Result::kProgress:
        case Receiver::Result::kNoMemory:
          break;
      }
      REQUIRE(found);
      REQUIRE(taken >= sizeof(RecordHeader));
      REQUIRE(taken <= capacity_);
      // What is only announced takes no memory.
      REQUIRE(sink_.came() <= receiver_.reader().head());
    }
  }

 private:
  const uint32_t capacity_;
  const uint32_t limit_;
  CheckedSink sink_;
  const std::unique_ptr<uint8_t[]> head_;
  Receiver receiver_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider input(data, size);
  MemoryRing ring(1u << input.ConsumeIntegralInRange<uint32_t>(6, 16));
  LyingWriter writer(&ring);
  const bool limited = input.ConsumeBool();
  Reading reading(&ring, limited ? CheckedSink::kMost / 2 : UINT32_MAX);
  while (input.remaining_bytes() > 0) {
    writer.Advance(&input);
    if (input.ConsumeBool()) reading.Abandon();
    if (input.ConsumeBool() && !reading.Drain()) break;
  }
  return 0;
}
