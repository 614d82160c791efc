#include "lies.h"

namespace ringwire::hostile {
namespace {

constexpr uint64_t kFarAway = uint64_t{1} << 40;
constexpr uint16_t kHead = 8;
constexpr uint32_t kBody = 64;

// The kinds of lib/core/message-head.ts.
constexpr int kEvent = 1;
constexpr int kCall = 2;
constexpr int kInvoke = 3;
constexpr int kResult = 4;

const std::string kNoValues("\1\0", 2);

RecordHeader First(const std::string& head, uint32_t sequence = 0) {
  const auto length = static_cast<uint32_t>(head.size());
  return {length, 0, sequence, static_cast<uint16_t>(length), kRecordFirst};
}

void AddMessage(const RawRing& ring, const std::string& head,
                uint32_t sequence = 0) {
  ring.Add(First(head, sequence), head);
}

// A message whose body is still to come.
void Begin(const RawRing& ring) {
  ring.Add({kHead, kBody, 0, kHead, kRecordFirst});
}

// Asks for so much that the answer does not fit.
void AskForMuch(const Linked& link) {
  AddMessage(link.up(), HeadOf(kInvoke, "much", kNoValues));
  link.Press();
}

LinkLies Positions() {
  return {
      {"a tail ahead of the ring",
       [](const Linked& link) {
         link.up().SetTail(uint64_t{link.up().capacity} + kRecordAlignment);
       }},
      {"a tail far away",
       [](const Linked& link) { link.up().SetTail(kFarAway); }},
      {"a tail that goes back",
       [](const Linked& link) {
         AddMessage(link.up(), HeadOf(kEvent, "noise", kNoValues));
         link.Press();
         link.up().AwaitRead();
         link.up().SetTail(0);
       }},
      {"a tail between two words",
       [](const Linked& link) { link.up().SetTail(20); }},
      {"a tail within a header",
       [](const Linked& link) { link.up().SetTail(8); }},
      {"a tail of results between two words",
       [](const Linked& link) { link.up_result().SetTail(20); }},
      {"a head beyond the tail",
       [](const Linked& link) {
         link.down().SetHead(kFarAway);
         AskForMuch(link);
       }},
      {"a head between two words",
       [](const Linked& link) {
         AskForMuch(link);
         link.down().AwaitFull();
         link.down().SetHead(4);
       }},
      {"a head of answers beyond the tail",
       [](const Linked& link) {
         link.down_reply().SetHead(kFarAway);
         link.header()->connector.calling.store(1);
         AddMessage(link.up(), HeadOf(kCall, "much", kNoValues), 1);
       }},
  };
}

LinkLies Records() {
  const auto header = [](RecordHeader lie) {
    return [lie](const Linked& link) { link.up().Add(lie); };
  };
  const auto rest = [](RecordHeader lie) {
    return [lie](const Linked& link) {
      Begin(link.up());
      link.up().Add(lie);
    };
  };
  const auto claim = [](uint32_t length, uint32_t tail) {
    return [=](const Linked& link) {
      link.up().Put(0, {length, 0, 0, kHead, kRecordFirst});
      link.up().SetTail(tail == 0 ? link.up().capacity : tail);
    };
  };
  constexpr uint16_t kTooLong = kHeadCapacity + 1;
  return {
      {"a record beyond the tail", claim(1000, 64)},
      {"a record of 4 GB", claim(UINT32_MAX, 0)},
      {"a record that wraps 32 bits", claim(UINT32_MAX - 15, 0)},
      {"a record of kind 0", header({kHead, 0, 0, kHead, 0})},
      {"a record of kind 3", header({kHead, 0, 0, kHead, 3})},
      {"a head beyond its record", header({kHead, 0, 0, 100, kRecordFirst})},
      {"a head beyond all heads",
       header({kTooLong, 0, 0, kTooLong, kRecordFirst})},
      {"a body beyond its length",
       header({kHead + kBody, kBody - 1, 0, kHead, kRecordFirst})},
      {"a rest without a beginning", header({kBody, kBody, 0, 0, kRecordRest})},
      {"a beginning within a body", rest({kHead, 0, 0, kHead, kRecordFirst})},
      {"a rest of kind 0", rest({kBody, kBody, 0, 0, 0})},
      {"a rest of nothing", rest({0, kBody, 0, 0, kRecordRest})},
      {"a rest with a head", rest({kBody, kBody, 0, kHead, kRecordRest})},
      {"a rest beyond the body", rest({kBody + 1, kBody, 0, 0, kRecordRest})},
      {"a rest of another body", rest({kBody, kBody + 1, 0, 0, kRecordRest})},
      {"a rest of another message", rest({kBody, kBody, 1, 0, kRecordRest})},
      {"a body that does not come before the end",
       [](const Linked& link) {
         Begin(link.up());
         link.Press();
         link.up().AwaitRead();
         shutdown(link.socket, SHUT_RDWR);
       }},
  };
}

LinkLies Lanes() {
  const std::string result = HeadOf(kResult, "", kNoValues);
  const auto after = [=](uint32_t messages) {
    return [=](const Linked& link) {
      AddMessage(link.up_result(), result, messages);
    };
  };
  // The first call of the other side will have this number.
  const auto answer = [](const std::string& head) {
    return [=](const Linked& link) { AddMessage(link.up_reply(), head, 1); };
  };
  return {
      {"a result of nothing", after(0)},
      {"a result of the future", after(INT32_MAX)},
      {"a result of the past", after(UINT32_MAX)},
      {"a result that does not begin",
       [](const Linked& link) {
         link.up_result().Add({kBody, kBody, 0, 0, kRecordRest});
       }},
      {"a tail of answers between two words",
       [](const Linked& link) { link.up_reply().SetTail(20); }},
      {"an answer that does not begin",
       [](const Linked& link) {
         link.up_reply().Add({kBody, kBody, 1, 0, kRecordRest});
       }},
      {"an answer that is no message", answer("abc")},
      {"an answer that is an event", answer(HeadOf(kEvent, "", kNoValues))},
      {"an answer to a call that nobody made",
       [result](const Linked& link) {
         AddMessage(link.up_reply(), result, 77);
       }},
  };
}

LinkLies Flags() {
  return {
      {"flags that flap",
       [](const Linked& link) {
         for (uint32_t i = 0;; ++i) {
           SegmentHeader* const header = link.header();
           header->magic = header->event_capacity = header->reply_capacity = i;
           header->connector.closed.store(i % 3 == 1 ? 1 : 0);
           header->connector.calling.store(i % 2);
           header->connector.core.store(i);
           header->connector.thread.store(i);
           for (RingControl* ring :
                {&header->up, &header->down, &header->up_reply,
                 &header->down_reply, &header->up_result}) {
             ring->writer.blocked.store(i % 5);
             ring->writer.space_event.store(i);
             ring->reader.blocked.store(i % 7);
             ring->reader.data_event.store(i);
           }
           if (i % 64 == 0) link.Press();
           usleep(100);
         }
       }},
      {"a button that is always pressed",
       [](const Linked& link) {
         for (;;) link.Press();
       }},
      {"much asked, nothing read, and nonsense",
       [](const Linked& link) {
         for (int i = 0; i < 10; ++i) AskForMuch(link);
         link.down().AwaitFull();
         link.up().AwaitRead();
         AddMessage(link.up(), HeadOf(0, "", kNoValues));
       }},
  };
}

}  // namespace

LinkLies RingLies() {
  LinkLies all = Positions();
  for (LinkLies some : {Records(), Lanes(), Flags()}) all.merge(some);
  return all;
}

}  // namespace ringwire::hostile
