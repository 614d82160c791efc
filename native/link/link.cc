#include "link/link.h"

#include <algorithm>
#include <utility>

#include "link/spin.h"
#include "os/thread.h"
#include "ring/point.h"

namespace ringwire {
namespace {

// See SpinBudget. A blocked caller has nothing better to do; an event loop has,
// so there at most a twentieth of the time goes to spinning in vain.
constexpr uint64_t kCallWorth = 4;
constexpr uint64_t kLoopWorth = 20;

// How long an answer may wait for its reader, for each byte. A reader needs
// half of that for new memory. What a slow or malicious one has not read by
// then is copied aside.
constexpr uint64_t kReadNsPerByte = 1;

}  // namespace

Link::Link(LinkParts parts, const LinkTuning& tuning, uint8_t* incoming,
           uint8_t* result, uint8_t* answer)
    : segment_(std::move(parts.segment)),
      socket_(std::move(parts.socket)),
      wakers_(std::move(parts.wakers)),
      peer_process_(parts.peer_process),
      header_(reinterpret_cast<SegmentHeader*>(segment_.data())),
      call_spin_(tuning.call_spin_ns, kCallWorth),
      loop_spin_(tuning.loop_spin_ns, kLoopWorth),
      read_wait_ns_(tuning.call_spin_ns) {
  segment_.CloseHandle();
  const bool acceptor = parts.role == Role::kAcceptor;
  my_side_ = acceptor ? &header_->acceptor : &header_->connector;
  peer_side_ = acceptor ? &header_->connector : &header_->acceptor;
  cores_ = CorePlacement(!acceptor, my_side_, peer_side_);

  // The agreed capacities, never the ones the peer could still overwrite.
  const uint32_t events = parts.event_capacity;
  const uint32_t replies = parts.reply_capacity;
  uint8_t* const base = segment_.data();
  uint8_t* const up = base + UpOffset();
  uint8_t* const down = base + DownOffset(events);
  uint8_t* const up_reply = base + UpReplyOffset(events);
  uint8_t* const down_reply = base + DownReplyOffset(events, replies);
  uint8_t* const up_result = base + UpResultOffset(events, replies);
  uint8_t* const down_result = base + DownResultOffset(events, replies);
  if (acceptor) {
    events_ = Sender({&header_->down, down, events});
    results_ = Sender({&header_->down_result, down_result, events});
    replies_ = Sender({&header_->down_reply, down_reply, replies});
    incoming_ =
        Incoming(Receiver({&header_->up, up, events}, incoming),
                 Receiver({&header_->up_result, up_result, events}, result));
    answer_ = Receiver({&header_->up_reply, up_reply, replies}, answer);
  } else {
    events_ = Sender({&header_->up, up, events});
    results_ = Sender({&header_->up_result, up_result, events});
    replies_ = Sender({&header_->up_reply, up_reply, replies});
    incoming_ = Incoming(
        Receiver({&header_->down, down, events}, incoming),
        Receiver({&header_->down_result, down_result, events}, result));
    answer_ = Receiver({&header_->down_reply, down_reply, replies}, answer);
  }
  idle_since_ns_ = Now();
}

Link::~Link() { Close(); }

void Link::BindToThread() {
  const uint32_t thread = CurrentThread();
  my_side_->thread.store(thread, std::memory_order_relaxed);
  if (IsCurrentProcess(peer_process_)) local_thread_ = thread;
}

bool Link::PeerIsThisThread() const {
  return local_thread_ != 0 &&
         peer_side_->thread.load(std::memory_order_relaxed) == local_thread_;
}

Status Link::Send(const Message& message) {
  if (closed_ || PeerClosed()) return Status::kClosed;
  bool wake = false;
  const Status status = events_.Send(message, queue_limit, &wake);
  if (wake) WakeLoop(&events_, results_);
  return status;
}

Status Link::SendResult(Message message) {
  if (closed_ || PeerClosed()) return Status::kClosed;
  message.sequence = events_.taken();
  bool wake = false;
  // No limit: the peer has asked for each of them.
  const Status status = results_.Send(message, UINT64_MAX, &wake);
  if (wake) WakeLoop(&results_, events_);
  return status;
}

Status Link::Reply(const Message& message) {
  if (closed_ || PeerClosed()) return Status::kClosed;
  if (!replies_.idle() || !Sender::Takes(message)) {
    bool wake = false;
    // No limit: the peer blocks for each answer, so it cannot pile them up.
    const Status status = replies_.Send(message, UINT64_MAX, &wake);
    if (wake) WakeReader(&replies_);
    return status;
  }
  Sender::Outgoing outgoing(message);
  switch (WriteWhileRead(&outgoing)) {
    case RingWriter::Result::kOk:
      return Status::kOk;
    case RingWriter::Result::kCorrupt:
      return Status::kCorrupt;
    case RingWriter::Result::kFull:
      break;
  }
  replies_.Defer(outgoing);
  return Flush();
}

RingWriter::Result Link::WriteWhileRead(Sender::Outgoing* answer) {
  // On a single core the reader reads when we are done.
  uint64_t spin_ns = read_wait_ns_ == 0
                         ? 0
                         : read_wait_ns_ + answer->body.size * kReadNsPerByte;
  for (;;) {
    bool wake = false;
    const RingWriter::Result result = replies_.Advance(answer, &wake);
    if (wake) WakeReader(&replies_);
    if (result != RingWriter::Result::kFull) return result;
    const uint64_t start = Now();
    if (!SpinUntil(spin_ns, [&] { return replies_.HasRoom(*answer); })) {
      return result;
    }
    spin_ns -= std::min(spin_ns, Now() - start);
  }
}

Status Link::Flush() {
  if (closed_) return Status::kClosed;
  for (Sender* sender : {&events_, &results_, &replies_}) {
    if (sender->idle()) continue;
    bool wake = false;
    const Status status = sender->Flush(&wake);
    if (wake) WakeReader(sender);
    if (status != Status::kOk) return status;
  }
  return Status::kOk;
}

Status Link::Call(Message message, uint64_t timeout_ns, BodySink* sink) {
  if (closed_ || PeerClosed()) return Status::kClosed;
  if (!Sender::Takes(message)) return Status::kTooLarge;
  if (PeerIsThisThread()) return Status::kDeadlock;
  // Each side raises its flag before it looks at the other's (Dekker): when
  // both call at once at least one of them sees it, and nobody waits forever.
  my_side_->calling.store(1, std::memory_order_seq_cst);
  Status status = Status::kDeadlock;
  if (peer_side_->calling.load(std::memory_order_seq_cst) == 0) {
    RINGWIRE_POINT("calling");
    if (++last_sequence_ == 0) last_sequence_ = 1;
    message.sequence = last_sequence_;
    CallDeadline deadline(timeout_ns, interrupted);
    forecast_.Begin();
    status = SendBlocking(message, &deadline, sink);
    if (status == Status::kOk) {
      status = AwaitAnswer(message.sequence, &deadline, sink);
    }
  } else if (PeersEnd() != Status::kOk) {
    // Its flag stays when it dies in a call.
    status = PeersEnd();
  }
  my_side_->calling.store(0, std::memory_order_seq_cst);
  if (status != Status::kOk) {
    // The sink belongs to the caller again: nothing may be written to it from
    // here on.
    answer_.Abandon(sink);
    // A peer that ends the link waits for its answers to be read: AnswersOut().
    wakers_.peer_button.Press();
  }
  return status;
}

Status Link::SendBlocking(const Message& message, CallDeadline* deadline,
                          BodySink* sink) {
  Sender::Outgoing outgoing(message);
  RingWriter& writer = events_.writer();
  for (;;) {
    bool wake = false;
    const Status flushed = events_.Flush(&wake);
    RingWriter::Result result = RingWriter::Result::kFull;
    if (flushed == Status::kOk && events_.idle()) {
      result = events_.Advance(&outgoing, &wake);
    }
    if (wake) WakeLoop(&events_, results_);
    if (flushed != Status::kOk) return flushed;
    if (result == RingWriter::Result::kCorrupt) return Status::kCorrupt;
    if (result == RingWriter::Result::kOk) return Status::kOk;
    // Also where there was some room: a peer may free a little, again and
    // again.
    Status status = deadline->Check();
    if (status != Status::kOk) return GiveUp(outgoing, status);

    PrepareAnswer(sink);
    const auto room = [&] {
      return events_.idle() ? events_.HasRoom(outgoing) : events_.HasRoom();
    };
    if (SpinUntil(call_spin_.nanoseconds(), room)) continue;
    const auto no_room = [&] {
      return events_.idle() ? events_.ArmSpace(outgoing) : events_.ArmSpace();
    };
    std::atomic<uint32_t>* const word = writer.SpaceWord();
    writer.SetBlocked(true);
    const uint32_t seen = word->load(std::memory_order_acquire);
    if (no_room()) {
      status = SleepSlice(word, seen, deadline);
      if (!no_room()) status = Status::kOk;
    }
    writer.SetBlocked(false);
    if (status != Status::kOk) return GiveUp(outgoing, status);
  }
}

Status Link::GiveUp(const Sender::Outgoing& request, Status reason) {
  // The reader must still get the rest of a message that it has begun to read,
  // and its wake-up may have gone to a thread that sleeps no more.
  if (request.started) events_.Defer(request);
  return Flush() == Status::kCorrupt ? Status::kCorrupt : reason;
}

Status Link::AwaitAnswer(uint32_t sequence, CallDeadline* deadline,
                         BodySink* sink) {
  const uint64_t started = Now();
  for (;;) {
    bool wake = false;
    const Receiver::Result result = answer_.Next(sink, &wake);
    if (wake) WakeWriter(&answer_);
    switch (result) {
      case Receiver::Result::kMessage:
        if (answer_.sequence() == sequence) {
          call_spin_.Record(Now() - started);
          forecast_.Record(answer_.body_length());
          return Status::kOk;
        }
        // The answer to a call that gave up before.
        if (answer_.body_length() > 0) sink->DropBody();
        [[fallthrough]];
      case Receiver::Result::kProgress: {
        // A peer that never stops sending must not hold up the deadline.
        const Status status = deadline->Check();
        if (status != Status::kOk) return status;
        break;
      }
      case Receiver::Result::kCorrupt:
        return Status::kCorrupt;
      case Receiver::Result::kOverLimit:
        return Status::kOverLimit;
      case Receiver::Result::kNoMemory: {
        if (answer_.sequence() == sequence) return Status::kNoMemory;
        const Status status = deadline->Check();
        if (status != Status::kOk) return status;
        break;
      }
      case Receiver::Result::kEmpty: {
        PrepareAnswer(sink);
        const Status status = WaitForAnswer(deadline);
        if (status != Status::kOk) {
          call_spin_.Record(Now() - started);
          return status;
        }
        break;
      }
    }
  }
}

void Link::PrepareAnswer(BodySink* sink) {
  const uint32_t size = forecast_.Take();
  if (size > 0) sink->PrepareBody(size);
}

Status Link::WaitForAnswer(CallDeadline* deadline) {
  RingReader& reader = answer_.reader();
  const auto answered = [&] { return reader.HasData(); };
  const uint64_t spin = call_spin_.nanoseconds();
  if (SpinUntil(spin, answered, cores_.TimeAlone(spin))) {
    return Status::kOk;
  }
  std::atomic<uint32_t>* const word = reader.DataWord();
  reader.SetBlocked(true);
  Status status = Status::kOk;
  do {
    const uint32_t seen = word->load(std::memory_order_acquire);
    if (!reader.ArmData()) break;
    status = SleepSlice(word, seen, deadline);
  } while (status == Status::kOk && !reader.HasData());
  reader.SetBlocked(false);
  // What was answered before the end still counts.
  return reader.HasData() ? Status::kOk : status;
}

Status Link::SleepSlice(std::atomic<uint32_t>* word, uint32_t seen,
                        CallDeadline* deadline) {
  Status status = PeersEnd();
  if (status == Status::kOk) status = deadline->Check();
  if (status != Status::kOk) return status;
  RINGWIRE_POINT("falling asleep");
  wakers_.own_waiter.Wait(word, seen, socket_, deadline->Slice());
  return Status::kOk;
}

Status Link::PeersEnd() const {
  // In this order: a peer that closes says so before it hangs up.
  const bool hung_up = HungUp();
  if (PeerClosed()) return Status::kClosed;
  return hung_up ? Status::kPeerGone : Status::kOk;
}

Status Link::SendParcel(uint32_t ticket, NativeHandle memory,
                        uint64_t byte_length) {
  if (closed_ || PeerClosed()) return Status::kClosed;
  return ringwire::SendParcel(&socket_, ticket, memory, byte_length);
}

Status Link::TakeParcel(uint32_t ticket, Parcel* parcel) {
  return parcels_.Take(&socket_, ticket, parcel);
}

Receiver::Result Link::Receive(BodySink* sink, BodySink* result_sink) {
  bool wake = false;
  const Receiver::Result result = incoming_.Next(sink, result_sink, &wake);
  if (wake) WakeWriter(&incoming_.last());
  return result;
}

bool Link::SpinForMessage(LoopSpins* loop) {
  idle_since_ns_ = Now();
  const auto anything = [&] {
    return HasRecord() ||
           std::any_of(loop->links.begin(), loop->links.end(),
                       [](const Link* link) { return link->HasRecord(); });
  };
  const uint64_t spin = loop_spin_.nanoseconds(idle_since_ns_ - loop->vain_ns);
  if (!SpinUntil(spin, anything, cores_.TimeAlone(spin)) && spin > 0) {
    loop->vain_ns = Now();
  }
  if (!HasRecord()) return false;
  NoteArrival();
  return true;
}

uint64_t Link::NoteArrival() {
  const uint64_t waited = Now() - idle_since_ns_;
  loop_spin_.Record(waited);
  return waited;
}

void Link::NoteWakeUp() { cores_.NoteWakeUp(NoteArrival()); }

bool Link::PeerClosed() const {
  // Pairs with the release in the peer's Close(): what it sent before is
  // visible in the rings.
  return peer_side_->closed.load(std::memory_order_acquire) != 0;
}

bool Link::AnswersOut() const {
  // Pairs with the stores in the peer's Call(): an answer that waits here is
  // for a call that had raised this flag.
  return replies_.idle() ||
         peer_side_->calling.load(std::memory_order_seq_cst) == 0;
}

void Link::Leave() {
  if (left_) return;
  left_ = true;
  RINGWIRE_POINT("closing");
  my_side_->closed.store(1, std::memory_order_release);
  RINGWIRE_POINT("closed");
  // Wherever the peer sleeps: for an answer, for room, or in its loop.
  wakers_.peer_waiter.Wake(replies_.writer().DataWord());
  wakers_.peer_waiter.Wake(incoming_.messages().reader().SpaceWord());
  wakers_.peer_button.Press();
}

void Link::Close() {
  if (closed_) return;
  closed_ = true;
  Leave();
  RINGWIRE_POINT("hanging up");
  socket_.Close();
}

void Link::WakeLoop(Sender* sender, const Sender& other) {
  if (!other.writer().WakeUnderWay()) WakeReader(sender);
}

void Link::WakeReader(Sender* sender) {
  RINGWIRE_POINT("before the doorbell");
  RingWriter& writer = sender->writer();
  if (writer.ReaderBlocked()) {
    wakers_.peer_waiter.Wake(writer.DataWord());
  } else {
    wakers_.peer_button.Press();
  }
}

void Link::WakeWriter(Receiver* receiver) {
  RINGWIRE_POINT("before the doorbell");
  RingReader& reader = receiver->reader();
  if (reader.WriterBlocked()) {
    wakers_.peer_waiter.Wake(reader.SpaceWord());
  } else {
    wakers_.peer_button.Press();
  }
}

}  // namespace ringwire
