#include "lies.h"

namespace ringwire::hostile {
namespace {

// lib/core/message-head.ts, and the formats of lib/core/codec.
enum Kind { kEvent = 1, kCall, kInvoke, kResult, kFailure, kCancel };
enum Format {
  kPlain = 1,
  kStructured,
  kStructuredBody,
  kJson,
  kJsonBody,
  kWithShared = 8
};
constexpr char kPlainShared = 15;
constexpr int kMostArguments = 16384;
constexpr size_t kBuffer = 65536;
constexpr uint32_t kTicket = 1;

const std::string kNoValues("\1\0", 2);

std::string Bytes(std::initializer_list<int> bytes) {
  return {bytes.begin(), bytes.end()};
}

std::string Ticket(uint32_t ticket) {
  return {reinterpret_cast<const char*>(&ticket), sizeof(ticket)};
}

void Send(const Linked& link, const std::string& head, uint32_t sequence = 0) {
  const auto length = static_cast<uint32_t>(head.size());
  link.up().Add(
      {length, 0, sequence, static_cast<uint16_t>(length), kRecordFirst}, head);
}

std::function<void(const Linked&)> Sends(std::string head,
                                         uint32_t sequence = 0) {
  return [=](const Linked& link) { Send(link, head, sequence); };
}

std::function<void(const Linked&)> SendsValues(const std::string& payload) {
  return Sends(HeadOf(kEvent, "noise", payload));
}

// A call with more arguments than lib/core/conversation.ts takes, in a body.
void SendMany(const Linked& link) {
  const std::string head = HeadOf(kEvent, "noise", Bytes({kJsonBody}));
  std::string body = "[0";
  for (int i = 0; i < kMostArguments; ++i) body += ",0";
  body += "]";
  link.up().Add({static_cast<uint32_t>(head.size() + body.size()),
                 static_cast<uint32_t>(body.size()), 0,
                 static_cast<uint16_t>(head.size()), kRecordFirst},
                head + body);
}

// A message with a shared buffer, which was handed over or not.
std::string Mention(uint32_t ticket) {
  return HeadOf(kEvent, "noise",
                Bytes({kPlain, 1, kPlainShared}) + Ticket(ticket));
}

std::string With(std::string head, size_t at, char byte) {
  head[at] = byte;
  return head;
}

}  // namespace

std::string HeadOf(int kind, const std::string& channel,
                   const std::string& payload, uint32_t id) {
  const auto length = static_cast<int>(channel.size());
  return Bytes({kind, 0, length & 0xff, length >> 8}) + Ticket(id) + channel +
         payload;
}

LinkLies MessageLies() {
  const std::string event = HeadOf(kEvent, "noise", kNoValues);
  std::string shared = Bytes({kWithShared, 1, 0}) + Ticket(kTicket);
  return {
      {"a message of nothing", Sends("")},
      {"half a head", Sends(event.substr(0, 7))},
      {"a message of kind 0", Sends(HeadOf(0, "noise", kNoValues))},
      {"a message of kind 10", Sends(HeadOf(10, "noise", kNoValues))},
      {"a message of Electron", Sends(HeadOf(7, "", kNoValues))},
      {"an event with a sequence", Sends(event, 1)},
      {"a call without a sequence", Sends(HeadOf(kCall, "noise", kNoValues))},
      {"unknown flags", Sends(With(event, 1, 2))},
      {"a channel in two places", Sends(With(event, 1, 1))},
      {"a channel beyond its head", Sends(With(event, 3, 1))},
      {"no payload", SendsValues("")},
      {"a payload of format 0", SendsValues(Bytes({0, 0}))},
      {"a payload of format 255", SendsValues(Bytes({255, 0}))},
      {"a payload of a codec that nobody chose", SendsValues(Bytes({6, 0x90}))},
      {"fewer values than there should be",
       SendsValues(Bytes({kPlain, 200, 1}))},
      {"a value of type 255", SendsValues(Bytes({kPlain, 1, 255}))},
      {"values that V8 did not write", SendsValues(Bytes({kStructured, 1, 2}))},
      {"values that no JSON has", SendsValues(Bytes({kJson, '{'}))},
      {"values without their body", SendsValues(Bytes({kStructuredBody}))},
      {"more arguments than anybody writes", SendMany},
      // A process cannot call itself, so arguments.test.ts has the other kinds.
      {"a call with a list of 4 billion holes",
       Sends(HeadOf(kCall, "noise",
                    Bytes({kStructured, 0xff, 0x0f, 'a', 0xff, 0xff, 0xff, 0xff,
                           0x0f, '@', 0, 0xff, 0xff, 0xff, 0xff, 0x0f})),
             1)},
      {"a ticket in a message", Sends(Mention(kTicket))},
      {"a ticket beside a message",
       SendsValues(shared + Bytes({kJson}) + "[0]")},
      {"a ticket beside no value", SendsValues(shared + Bytes({kJson}) + "[]")},
      {"tickets beside tickets", SendsValues(shared + shared)},
      {"an answer to nothing", Sends(HeadOf(kResult, "", kNoValues, 5))},
      {"a failure of nothing", Sends(HeadOf(kFailure, "", kNoValues, 5))},
      {"an end of nothing", Sends(HeadOf(kCancel, "", kNoValues, 5))},
  };
}

LinkLies ParcelLies() {
  LinkLies all;
  const HandOver note{kHandOverMagic, kTicket, kBuffer};
  const auto lie = [](const HandOver& note, size_t size,
                      const std::vector<int>& descriptors) {
    return [=](const Linked& link) {
      if (!SendWith(link.socket, &note, size, descriptors)) Die("hand over");
      Send(link, Mention(kTicket));
    };
  };
  for (const auto& [what, descriptor] : WrongDescriptors(kBuffer)) {
    all["hands over " + what] = lie(note, sizeof(note), {descriptor});
  }
  const int memory = SealedMemory(kBuffer);
  all["hands over nothing"] = lie(note, sizeof(note), {});
  all["hands over two"] = lie(note, sizeof(note), {memory, memory});
  all["hands over with half a note"] = lie(note, sizeof(note) / 2, {memory});
  HandOver other = note;
  other.magic = 0;
  all["hands over with another magic"] = lie(other, sizeof(other), {memory});
  other = note;
  other.ticket = kTicket + 1;
  all["hands over under another ticket"] = lie(other, sizeof(other), {memory});
  other = note;
  other.byte_length = 0;
  all["hands over no bytes"] = lie(other, sizeof(other), {memory});
  other.byte_length = UINT64_MAX;
  all["hands over all bytes"] = lie(other, sizeof(other), {memory});
  return all;
}

}  // namespace ringwire::hostile
