// The two rings that a hostile event loop writes, messages and results, and
// the honest reader that puts them into one order.
#include "link/incoming.h"

#include <doctest/doctest.h>
#include <fuzzer/FuzzedDataProvider.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "helpers/checked_sink.h"
#include "helpers/lying_writer.h"
#include "helpers/memory_ring.h"
#include "link/spin.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint32_t kCapacity = 1024;
constexpr uint64_t kMostRecords = 2 * kCapacity / sizeof(RecordHeader);

struct Lane {
  MemoryRing ring{kCapacity};
  LyingWriter writer{&ring};
  CheckedSink sink;
  std::unique_ptr<uint8_t[]> head{new uint8_t[kHeadCapacity]};

  Receiver NewReceiver() { return {ring.Reader(), head.get()}; }
};

uint64_t Heads(Incoming* incoming) {
  return incoming->messages().reader().head() +
         incoming->results().reader().head();
}

// Reads all that may be delivered now. False: an error has ended the link.
bool Drain(Incoming* incoming, Lane* messages, Lane* results) {
  for (uint64_t records = 0;; ++records) {
    REQUIRE(records <= kMostRecords);
    const uint64_t before = Heads(incoming);
    const bool found = incoming->HasRecord();
    const bool goes_on =
        incoming->results().open() && incoming->results().HasRecord();
    bool wake = false;
    const Receiver::Result result =
        incoming->Next(&messages->sink, &results->sink, &wake);
    const uint64_t taken = Heads(incoming) - before;
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
        REQUIRE(incoming->last().head_length() <= kHeadCapacity);
        break;
      case Receiver::Result::kProgress:
      case Receiver::Result::kNoMemory:
        break;
    }
    REQUIRE(found);
    // A result that has come in part goes first.
    REQUIRE((incoming->last_is_result() || !goes_on));
    REQUIRE(taken >= sizeof(RecordHeader));
    REQUIRE(taken <= kCapacity);
    REQUIRE(messages->sink.came() + results->sink.came() <= Heads(incoming));
  }
}

// A sleep that nobody would end: records are there, and no wake-up was asked.
void CheckArm(Incoming* incoming) {
  if (incoming->Arm()) {
    REQUIRE(!incoming->HasRecord());
  } else {
    REQUIRE(
        (incoming->messages().HasRecord() || incoming->results().HasRecord()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider input(data, size);
  Lane messages;
  Lane results;
  Incoming incoming(messages.NewReceiver(), results.NewReceiver());
  while (input.remaining_bytes() > 0) {
    (input.ConsumeBool() ? results : messages).writer.Advance(&input);
    switch (input.ConsumeIntegralInRange<int>(0, 4)) {
      case 0:
        break;
      case 1:
        incoming.LetResultsPass(Now());
        break;
      case 2:
        incoming.EndPass();
        break;
      case 3:
        CheckArm(&incoming);
        break;
      default: {
        const Incoming::Ends ends = incoming.Published();
        if (!Drain(&incoming, &messages, &results)) return 0;
        // A result may wait for the rest of a message.
        REQUIRE((incoming.Reached(ends) || incoming.messages().open() ||
                 incoming.results().HasRecord()));
        break;
      }
    }
  }
  return 0;
}
