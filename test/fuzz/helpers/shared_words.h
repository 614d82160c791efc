#ifndef RINGWIRE_TEST_FUZZ_HELPERS_SHARED_WORDS_H_
#define RINGWIRE_TEST_FUZZ_HELPERS_SHARED_WORDS_H_

#include <fuzzer/FuzzedDataProvider.h>

#include <atomic>
#include <cstdint>

#include "ring/layout.h"

namespace ringwire {

// What a hostile process can do to the memory of a link at any moment.
class SharedWords {
 public:
  // `base`: a mapping that nobody else uses. `events` and `replies` are the
  // capacities of the rings.
  SharedWords(uint8_t* base, uint32_t events, uint32_t replies)
      : header_(*reinterpret_cast<SegmentHeader*>(base)),
        lanes_{{&header_.up, base + UpOffset(), events},
               {&header_.down, base + DownOffset(events), events},
               {&header_.up_reply, base + UpReplyOffset(events), replies},
               {&header_.down_reply, base + DownReplyOffset(events, replies),
                replies},
               {&header_.up_result, base + UpResultOffset(events, replies),
                events},
               {&header_.down_result, base + DownResultOffset(events, replies),
                events}} {}

  // Changes one word, in place or to anything.
  void Alter(FuzzedDataProvider* input) {
    const Lane& lane = lanes_[input->ConsumeIntegralInRange<int>(0, 5)];
    SideLine& side =
        input->ConsumeBool() ? header_.acceptor : header_.connector;
    RingControl& control = *lane.control;
    switch (input->ConsumeIntegralInRange<int>(0, 11)) {
      case 0:
        return Change(&control.writer.tail, input);
      case 1:
        return Change(&control.writer.space_event, input);
      case 2:
        return Change(&control.writer.blocked, input);
      case 3:
        return Change(&control.reader.head, input);
      case 4:
        return Change(&control.reader.data_event, input);
      case 5:
        return Change(&control.reader.blocked, input);
      case 6:
        return Change(&side.closed, input);
      case 7:
        return Change(&side.calling, input);
      case 8:
        return Change(&side.core, input);
      default:
        return Overwrite(lane, input);
    }
  }

 private:
  struct Lane {
    RingControl* control;
    uint8_t* data;
    uint32_t capacity;
  };

  template <typename Word>
  static void Change(std::atomic<Word>* word, FuzzedDataProvider* input) {
    const bool near = input->ConsumeBool();
    const Word change =
        near ? static_cast<Word>(input->ConsumeIntegral<int16_t>())
             : input->ConsumeIntegral<Word>();
    *word = near ? static_cast<Word>(word->load() + change) : change;
  }

  // A word of the record that is read next, or of one close behind.
  static void Overwrite(const Lane& lane, FuzzedDataProvider* input) {
    uint64_t position = lane.control->reader.head +
                        4 * input->ConsumeIntegralInRange<uint64_t>(0, 15);
    for (const uint8_t byte : input->ConsumeBytes<uint8_t>(4)) {
      lane.data[position++ & (lane.capacity - 1)] = byte;
    }
  }

  SegmentHeader& header_;
  const Lane lanes_[6];
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_FUZZ_HELPERS_SHARED_WORDS_H_
