// Both ends of a link take honest steps, one after the other. Between them, and
// within them whenever a body is asked for, the input alters the shared memory
// under their feet. One thread, so that an input always does the same.
#include <doctest/doctest.h>
#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>

#include "helpers/checked_sink.h"
#include "helpers/link_pair.h"
#include "helpers/off_limits.h"
#include "helpers/payload.h"
#include "helpers/shared_words.h"
#include "link/link.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint32_t kCapacity = kMinLinkCapacity;
constexpr uint64_t kQueueLimit = 256 * 1024;
constexpr uint32_t kMostHead = 64;
constexpr uint32_t kMostBody = kCapacity / 2;
constexpr int kTurn = 64;

struct Sent {
  Payload head;
  Payload body;
};

// One side of the link, and what the other has sent to it.
struct Side {
  Side(LinkParts parts, bool is_acceptor)
      : acceptor(is_acceptor),
        base(parts.segment.data()),
        end(std::move(parts), kNoSpin) {
    end.link.queue_limit = kQueueLimit;
  }

  const bool acceptor;
  const uint8_t* const base;
  LinkEnd end;
  CheckedSink messages;
  CheckedSink results;
  CheckedSink answers;
  std::deque<Sent> sent_messages;
  std::deque<Sent> sent_results;
  bool ended = false;
};

class Play {
 public:
  Play(FuzzedDataProvider* input, PartsPair parts)
      : input_(*input),
        // Either side's own mapping has places that are off limits to it.
        of_acceptor_(parts.acceptor.segment.data(), kCapacity, kCapacity),
        of_connector_(parts.connector.segment.data(), kCapacity, kCapacity),
        acceptor_(std::move(parts.acceptor), true),
        connector_(std::move(parts.connector), false) {
    for (Side* side : {&acceptor_, &connector_}) {
      const auto alter = [this, side] {
        if (input_.remaining_bytes() > 0 && input_.ConsumeBool()) Alter(*side);
      };
      side->messages.meanwhile = alter;
      side->results.meanwhile = alter;
      side->answers.meanwhile = alter;
    }
  }

  void Run() {
    while (input_.remaining_bytes() > 0) {
      const bool acceptor = input_.ConsumeBool();
      Side& side = acceptor ? acceptor_ : connector_;
      if (!side.ended) Step(&side, acceptor ? &connector_ : &acceptor_);
    }
  }

 private:
  void Step(Side* side, Side* other) {
    switch (input_.ConsumeIntegralInRange<int>(0, 8)) {
      case 0:
        Send(side, other);
        break;
      case 1:
        SendResult(side, other);
        break;
      case 2:
        Reply(side);
        break;
      case 3:
        Call(side);
        break;
      case 4:
        Flush(side);
        break;
      case 5:
        if (!side->end.link.ArmDoorbell()) REQUIRE(AnyRecord(side));
        break;
      case 6:
        Receive(side);
        break;
      default:
        Alter(*side);
        break;
    }
    // One message may go beyond. Answers have no limit, and the input is short.
    if (!replied_) {
      REQUIRE(side->end.link.queued_bytes() <=
              kQueueLimit + kMostHead + kMostBody);
    }
  }

  void Alter(const Side& side) {
    altered_ = true;
    (side.acceptor ? of_connector_ : of_acceptor_).Alter(&input_);
  }

  Sent NewMessage() {
    const size_t head = input_.ConsumeIntegralInRange<size_t>(0, kMostHead);
    const size_t body = input_.ConsumeIntegralInRange<size_t>(0, kMostBody);
    ++count_;
    return {Numbered(head, count_), Numbered(body, count_ + 1)};
  }

  void Send(Side* side, Side* other) {
    const OffLimits others(side->base, kCapacity, kCapacity, side->acceptor);
    Sent message = NewMessage();
    const Status status = side->end.Send(message.head, message.body);
    if (status == Status::kQueueFull) return;
    Check(side, status);
    other->sent_messages.push_back(std::move(message));
  }
  void SendResult(Side* side, Side* other) {
    const OffLimits others(side->base, kCapacity, kCapacity, side->acceptor);
    Sent message = NewMessage();
    replied_ = true;
    Check(side, side->end.SendResult(message.head, message.body));
    other->sent_results.push_back(std::move(message));
  }
  void Reply(Side* side) {
    const OffLimits others(side->base, kCapacity, kCapacity, side->acceptor);
    const Sent message = NewMessage();
    replied_ = true;
    Check(side, side->end.Reply(input_.ConsumeIntegralInRange<uint32_t>(1, 4),
                                message.head, message.body));
  }
  void Flush(Side* side) {
    const OffLimits others(side->base, kCapacity, kCapacity, side->acceptor);
    Check(side, side->end.link.Flush());
  }

  // Its answer is there already, or does not come.
  void Call(Side* side) {
    constexpr uint64_t kNoTimeNs = 1;
    const Payload head = Numbered(4, 0);
    const Status status =
        side->end.link.Call({ToBytes(head), {}, 0}, kNoTimeNs, &side->answers);
    if (status == Status::kTimeout) return;
    Check(side, status);
  }

  void Receive(Side* side) {
    const OffLimits others(side->base, kCapacity, kCapacity, !side->acceptor);
    for (int i = 0; i < kTurn; ++i) {
      switch (side->end.link.Receive(&side->messages, &side->results)) {
        case Receiver::Result::kMessage:
          if (!altered_) CheckMessage(side);
          break;
        case Receiver::Result::kProgress:
          break;
        case Receiver::Result::kEmpty:
          if (side->end.link.PeerClosed()) Check(side, Status::kClosed);
          return;
        case Receiver::Result::kCorrupt:
          return Check(side, Status::kCorrupt);
        case Receiver::Result::kNoMemory:
        case Receiver::Result::kOverLimit:
          return Check(side, Status::kNoMemory);
      }
    }
  }

  // Without a lie all arrives, in order.
  static void CheckMessage(Side* side) {
    const bool result = side->end.link.incoming().last_is_result();
    const Receiver& last = side->end.link.incoming().last();
    // A call: its answer comes too late.
    if (!result && last.sequence() != 0) return;
    std::deque<Sent>& sent = result ? side->sent_results : side->sent_messages;
    REQUIRE(!sent.empty());
    REQUIRE(side->end.Head() == sent.front().head);
    const Payload& body = sent.front().body;
    REQUIRE(last.body_length() == body.size());
    const CheckedSink& sink = result ? side->results : side->messages;
    REQUIRE(std::equal(body.begin(), body.end(), sink.body()));
    sent.pop_front();
  }

  static bool AnyRecord(Side* side) {
    Incoming& incoming = side->end.link.incoming();
    return incoming.messages().HasRecord() || incoming.results().HasRecord();
  }

  // An error ends the side, and needs a lie.
  void Check(Side* side, Status status) {
    if (status == Status::kOk) return;
    REQUIRE(altered_);
    side->ended = true;
    side->end.link.Close();
    REQUIRE(side->end.Send({}) == Status::kClosed);
  }

  FuzzedDataProvider& input_;
  SharedWords of_acceptor_;
  SharedWords of_connector_;
  Side acceptor_;
  Side connector_;
  bool altered_ = false;
  bool replied_ = false;
  uint32_t count_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider input(data, size);
  Play(&input, PartsPair(kCapacity, kCapacity)).Run();
  return 0;
}
