#include "link/handshake.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "ring/point.h"

namespace ringwire {
namespace {

// The segment comes first.
constexpr size_t kOfferedHandles = 1 + kWakerHandles;

bool ValidCapacity(uint32_t capacity) {
  return capacity >= kMinLinkCapacity && capacity <= kMaxCapacity &&
         (capacity & (capacity - 1)) == 0;
}

// Whether an acceptor may give this reason.
bool IsRejection(Status verdict) {
  switch (verdict) {
    case Status::kSystem:
    case Status::kRefused:
    case Status::kBadToken:
    case Status::kVersionMismatch:
    case Status::kBadHandshake:
    case Status::kWrongUser:
      return true;
    default:
      return false;
  }
}

Offer NewOffer(Status verdict) {
  Offer offer{};
  offer.magic = kHandshakeMagic;
  offer.version = kProtocolVersion;
  offer.size = sizeof(Offer);
  offer.verdict = verdict;
  return offer;
}

// What it says of an offer that this side could not take over: whether this
// process failed, or what the peer handed over.
Status Blame(const SystemError& error) {
  return ReasonOf(error) == Reason::kExhausted ? Status::kSystem
                                               : Status::kBadHandshake;
}

}  // namespace

std::string Farewell() {
  const Offer offer = NewOffer(Status::kRefused);
  return {reinterpret_cast<const char*>(&offer), sizeof(offer)};
}

AcceptorHandshake::AcceptorHandshake(Socket socket, uint32_t event_capacity,
                                     uint32_t reply_capacity)
    : socket_(std::move(socket)) {
  parts_.role = Role::kAcceptor;
  parts_.event_capacity = event_capacity;
  parts_.reply_capacity = reply_capacity;
  PeerIdentity peer;
  SystemError error{};
  if (!socket_.Identify(&peer, &error)) {
    Fail(Status::kSystem);
    return;
  }
  parts_.peer_process = peer.process;
  if (!peer.same_user) Reject(Status::kWrongUser);
}

HandshakeStep AcceptorHandshake::Advance() {
  switch (state_) {
    case State::kHello: {
      const IoResult result = hello_.FillBytes(&socket_);
      if (result != IoResult::kOk) {
        return result == IoResult::kAgain ? HandshakeStep::kWait
                                          : Fail(Status::kBadHandshake);
      }
      const Hello hello = hello_.Get();
      if (hello.magic != kHandshakeMagic) return Reject(Status::kBadHandshake);
      if (hello.version != kProtocolVersion) {
        return Reject(Status::kVersionMismatch);
      }
      if (hello.size != sizeof(Hello)) return Reject(Status::kBadHandshake);
      std::copy(std::begin(hello.token), std::end(hello.token), token_.begin());
      RINGWIRE_POINT("hello taken");
      state_ = State::kDecide;
      return HandshakeStep::kDecide;
    }
    case State::kAccept: {
      // The peer is admitted. A shared buffer may follow at once, and peeking
      // at these bytes would find its handle, too.
      std::vector<Handle> none;
      const IoResult result = accept_.Fill(&socket_, &none, 0);
      if (result != IoResult::kOk) {
        return result == IoResult::kAgain ? HandshakeStep::kWait
                                          : Fail(Status::kBadHandshake);
      }
      const Accept accept = accept_.Get();
      if (accept.magic != kHandshakeMagic || accept.verdict != Status::kOk) {
        return Fail(Status::kRefused);
      }
      state_ = State::kDone;
      return HandshakeStep::kDone;
    }
    case State::kDecide:
      return HandshakeStep::kDecide;
    case State::kDone:
      return HandshakeStep::kDone;
    case State::kFailed:
      return HandshakeStep::kFailed;
  }
  return HandshakeStep::kFailed;
}

HandshakeStep AcceptorHandshake::MakeOffer(uint32_t thread) {
  SystemError error{};
  const uint32_t events = parts_.event_capacity;
  const uint32_t replies = parts_.reply_capacity;
  std::vector<Handle> for_peer;
  if (!Segment::Create(SegmentSize(events, replies), &parts_.segment, &error) ||
      !CreateWakers(&parts_.wakers, &for_peer, &error)) {
    return Reject(Status::kSystem, error.code);
  }
  auto* const header = reinterpret_cast<SegmentHeader*>(parts_.segment.data());
  header->magic = kSegmentMagic;
  header->version = kSegmentVersion;
  header->event_capacity = events;
  header->reply_capacity = replies;
  header->acceptor.thread.store(thread, std::memory_order_relaxed);
  std::vector<NativeHandle> handles{parts_.segment.handle().get()};
  for (const Handle& handle : for_peer) handles.push_back(handle.get());
  // Shared buffers, once it has a link.
  socket_.AllowHandles();
  if (!SendVerdict(Status::kOk, 0, handles)) {
    return Fail(Status::kBadHandshake);
  }
  RINGWIRE_POINT("offer sent");
  state_ = State::kAccept;
  return HandshakeStep::kWait;
}

HandshakeStep AcceptorHandshake::Reject(Status reason, int error) {
  SendVerdict(reason, error, {});
  return Fail(reason);
}

bool AcceptorHandshake::SendVerdict(Status verdict, int error,
                                    const std::vector<NativeHandle>& handles) {
  Offer offer = NewOffer(verdict);
  offer.error = static_cast<uint32_t>(error);
  offer.event_capacity = parts_.event_capacity;
  offer.reply_capacity = parts_.reply_capacity;
  // 24 bytes into an empty socket buffer go whole or not at all.
  return socket_.Send(&offer, sizeof(offer), handles.data(), handles.size()) ==
         IoResult::kOk;
}

HandshakeStep AcceptorHandshake::Fail(Status status) {
  status_ = status;
  state_ = State::kFailed;
  socket_.Close();
  return HandshakeStep::kFailed;
}

LinkParts AcceptorHandshake::TakeParts() {
  parts_.socket = std::move(socket_);
  return std::move(parts_);
}

ConnectorHandshake::ConnectorHandshake(const std::string& address,
                                       const Token& token) {
  parts_.role = Role::kConnector;
  if (!Socket::Connect(address, &socket_, &error_)) {
    const Reason reason = ReasonOf(error_);
    Fail(reason == Reason::kNoListener ? Status::kNoListener
         : reason == Reason::kBusy     ? Status::kRefused  // its queue is full
                                       : Status::kSystem);
    return;
  }
  PeerIdentity peer;
  if (!socket_.Identify(&peer, &error_)) {
    Fail(Status::kSystem);
    return;
  }
  parts_.peer_process = peer.process;
  // Any user could have taken the name first. Only our own may serve it.
  if (!peer.same_user) {
    Fail(Status::kWrongUser);
    return;
  }
  Hello hello{};
  hello.magic = kHandshakeMagic;
  hello.version = kProtocolVersion;
  hello.size = sizeof(Hello);
  std::copy(token.begin(), token.end(), std::begin(hello.token));
  // Who hung up already may have said why: the offer is read in any case, and
  // its end is what tells of a peer that said nothing.
  static_cast<void>(socket_.Send(&hello, sizeof(hello), nullptr, 0));
  RINGWIRE_POINT("hello sent");
}

HandshakeStep ConnectorHandshake::Advance() {
  switch (state_) {
    case State::kOffer:
      return ReceiveOffer();
    case State::kDone:
      return HandshakeStep::kDone;
    case State::kFailed:
      return HandshakeStep::kFailed;
  }
  return HandshakeStep::kFailed;
}

HandshakeStep ConnectorHandshake::ReceiveOffer() {
  // Room for one more than there should be, to notice a surplus.
  const IoResult result =
      offer_.Fill(&socket_, &handles_, kOfferedHandles + 1, &error_);
  if (result == IoResult::kAgain) return HandshakeStep::kWait;
  if (result == IoResult::kError) return Fail(Blame(error_));
  if (result != IoResult::kOk) return Fail(Status::kBadHandshake);

  const Offer offer = offer_.Get();
  if (offer.magic != kHandshakeMagic) return Fail(Status::kBadHandshake);
  if (offer.verdict != Status::kOk) {
    // Only the acceptor knows which call failed.
    error_ = {"accept", static_cast<int>(offer.error)};
    return Fail(IsRejection(offer.verdict) ? offer.verdict
                                           : Status::kBadHandshake);
  }
  const Status adopted = Adopt(offer);
  RINGWIRE_POINT("segment mapped");
  const Accept accept{kHandshakeMagic, adopted};
  const IoResult sent = socket_.Send(&accept, sizeof(accept), nullptr, 0);
  RINGWIRE_POINT("accept sent");
  if (adopted != Status::kOk) return Fail(adopted);
  if (sent != IoResult::kOk) return Fail(Status::kBadHandshake);
  state_ = State::kDone;
  return HandshakeStep::kDone;
}

Status ConnectorHandshake::Adopt(const Offer& offer) {
  if (offer.version != kProtocolVersion) return Status::kVersionMismatch;
  if (offer.size != sizeof(Offer) || !ValidCapacity(offer.event_capacity) ||
      !ValidCapacity(offer.reply_capacity) ||
      handles_.size() != kOfferedHandles) {
    return Status::kBadHandshake;
  }
  if (!Segment::Adopt(std::move(handles_[0]),
                      SegmentSize(offer.event_capacity, offer.reply_capacity),
                      &parts_.segment, &error_)) {
    return Blame(error_);
  }
  if (!AdoptWakers(&handles_[1], &parts_.wakers, &error_)) return Blame(error_);
  parts_.event_capacity = offer.event_capacity;
  parts_.reply_capacity = offer.reply_capacity;
  return Status::kOk;
}

HandshakeStep ConnectorHandshake::Run(int timeout_ms) {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  const auto end = steady_clock::now() + milliseconds(timeout_ms);
  for (;;) {
    const HandshakeStep step = Advance();
    if (step != HandshakeStep::kWait) return step;
    const auto left =
        std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
    if (left.count() <= 0) return Fail(Status::kTimeout);
    socket_.WaitReadable(static_cast<int>(left.count()));
  }
}

HandshakeStep ConnectorHandshake::Fail(Status status) {
  status_ = status;
  state_ = State::kFailed;
  socket_.Close();
  return HandshakeStep::kFailed;
}

LinkParts ConnectorHandshake::TakeParts() {
  parts_.socket = std::move(socket_);
  return std::move(parts_);
}

std::unique_ptr<ConnectorHandshake> ConnectWithin(const std::string& address,
                                                  const Token& token,
                                                  int timeout_ms) {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  constexpr milliseconds kLongestPause(32);
  const auto end = steady_clock::now() + milliseconds(timeout_ms);
  for (milliseconds pause(1);; pause = std::min(2 * pause, kLongestPause)) {
    auto attempt = std::make_unique<ConnectorHandshake>(address, token);
    const auto left =
        std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
    attempt->Run(std::max(0, static_cast<int>(left.count())));
    if (attempt->status() != Status::kRefused) return attempt;
    if (left <= pause) return attempt;
    // Nothing says when there is room again, so this pauses.
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace ringwire
