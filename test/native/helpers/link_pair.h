#ifndef RINGWIRE_TEST_NATIVE_HELPERS_LINK_PAIR_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_LINK_PAIR_H_

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <utility>

#include "helpers/address.h"
#include "helpers/heap_sink.h"
#include "helpers/payload.h"
#include "link/handshake.h"
#include "link/link.h"
#include "ready.h"

namespace ringwire {

constexpr LinkTuning kNoSpin{0, 0};

// What both sides of a handshake end with.
struct PartsPair {
  explicit PartsPair(uint32_t events = kMinLinkCapacity,
                     uint32_t replies = kMinLinkCapacity) {
    const std::string address = NewAddress();
    Socket listener;
    Socket socket;
    SystemError error;
    REQUIRE(Socket::Listen(address, &listener, &error));
    ConnectorHandshake connecting(address, Token{});
    REQUIRE(listener.Accept(&socket) == IoResult::kOk);
    AcceptorHandshake accepting(std::move(socket), events, replies);
    REQUIRE(accepting.Advance() == HandshakeStep::kDecide);
    REQUIRE(accepting.MakeOffer() == HandshakeStep::kWait);
    REQUIRE(connecting.Advance() == HandshakeStep::kDone);
    REQUIRE(accepting.Advance() == HandshakeStep::kDone);
    acceptor = accepting.TakeParts();
    connector = connecting.TakeParts();
  }

  LinkParts acceptor;
  LinkParts connector;
};

// A link with its buffers, as an addon would hold it.
class LinkEnd {
 public:
  LinkEnd(LinkParts parts, const LinkTuning& tuning)
      : incoming_(new uint8_t[kHeadCapacity]),
        result_(new uint8_t[kHeadCapacity]),
        answer_(new uint8_t[kHeadCapacity]),
        link(std::move(parts), tuning, incoming_.get(), result_.get(),
             answer_.get()) {}

  Status Send(const Payload& head, const Payload& body = {}) {
    return link.Send({ToBytes(head), ToBytes(body), 0});
  }
  Status SendResult(const Payload& head, const Payload& body = {}) {
    return link.SendResult({ToBytes(head), ToBytes(body), 0});
  }
  Status Reply(uint32_t sequence, const Payload& head,
               const Payload& body = {}) {
    return link.Reply({ToBytes(head), ToBytes(body), sequence});
  }
  Status Call(const Payload& head, const Payload& body = {},
              uint64_t timeout_ns = 0) {
    return link.Call({ToBytes(head), ToBytes(body), 0}, timeout_ns,
                     &answer_sink);
  }
  // Takes records until a message is whole or there is no more.
  Receiver::Result Receive() {
    Receiver::Result result;
    do {
      result = link.Receive(&sink, &result_sink);
    } while (result == Receiver::Result::kProgress);
    return result;
  }
  // The next message; sleeps on the doorbell until it comes.
  bool Await() {
    for (;;) {
      const Receiver::Result result = Receive();
      if (result == Receiver::Result::kMessage) return true;
      if (result != Receiver::Result::kEmpty) return false;
      if (!link.ArmDoorbell()) continue;
      if (!Sleep()) return false;
    }
  }
  // Until the doorbell rings; sends what waits. False: the peer is gone.
  bool Sleep() {
    AwaitEither(link.doorbell().waitable(), link.socket().waitable());
    const bool rung = Rung();
    link.DrainDoorbell();
    if (link.Flush() != Status::kOk) return false;
    return rung || !link.HungUp();
  }
  bool Rung() const { return IsReady(link.doorbell().waitable()); }

  Payload Head() {
    const Receiver& last = link.incoming().last();
    const uint8_t* const head =
        link.incoming().last_is_result() ? result_.get() : incoming_.get();
    return {head, head + last.head_length()};
  }
  Payload AnswerHead() {
    return {answer_.get(), answer_.get() + link.answer().head_length()};
  }
  uint32_t sequence() { return link.incoming().last().sequence(); }

 private:
  std::unique_ptr<uint8_t[]> incoming_;
  std::unique_ptr<uint8_t[]> result_;
  std::unique_ptr<uint8_t[]> answer_;

 public:
  Link link;
  HeapSink sink;
  HeapSink result_sink;
  HeapSink answer_sink;
};

struct LinkPair {
  explicit LinkPair(const LinkTuning& tuning = kNoSpin)
      : LinkPair(PartsPair(), tuning) {}

  LinkEnd acceptor;
  LinkEnd connector;

 private:
  LinkPair(PartsPair parts, const LinkTuning& tuning)
      : acceptor(std::move(parts.acceptor), tuning),
        connector(std::move(parts.connector), tuning) {}
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_LINK_PAIR_H_
