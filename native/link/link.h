#ifndef RINGWIRE_LINK_LINK_H_
#define RINGWIRE_LINK_LINK_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "link/answer_forecast.h"
#include "link/call_deadline.h"
#include "link/core_placement.h"
#include "link/hand_over.h"
#include "link/incoming.h"
#include "link/message.h"
#include "link/receiver.h"
#include "link/sender.h"
#include "link/spin_budget.h"
#include "link/status.h"
#include "os/native.h"
#include "os/process.h"
#include "os/segment.h"
#include "os/socket.h"
#include "os/wakers.h"
#include "ring/layout.h"

namespace ringwire {

// Which end of the link this process holds. The acceptor made the memory.
enum class Role { kAcceptor, kConnector };

// What a finished handshake hands over.
struct LinkParts {
  Role role = Role::kAcceptor;
  Segment segment;
  Socket socket;
  Wakers wakers;
  uint32_t event_capacity = 0;
  uint32_t reply_capacity = 0;
  ProcessId peer_process = 0;
};

// How long to spin before sleeping, in nanoseconds. Both are longer than it
// takes to wake a sleeping peer (about 100 us on a virtual machine), so that
// two sides that answer each other quickly stop sleeping. With 50 us they did
// not.
struct LinkTuning {
  uint64_t call_spin_ns = 300'000;
  uint64_t loop_spin_ns = 120'000;
};

class Link;

// What the links of one event loop share when they spin. Borrows them.
struct LoopSpins {
  std::vector<const Link*> links;  // those that the loop delivers from
  uint64_t vain_ns = 0;            // when one of them last spun in vain
};

// A working connection: two rings each for messages, for results of requests
// and for replies to synchronous calls; a doorbell; and the socket, whose
// hang-up shows that the peer has died.
//
// Owns the segment, the socket and the wakers. Belongs to one
// thread; the peer is another process, thread or environment. Nothing here
// enters JavaScript. Only Call() blocks.
class Link {
 public:
  // Each of the buffers holds kHeadCapacity bytes and outlives the link.
  Link(LinkParts parts, const LinkTuning& tuning, uint8_t* incoming,
       uint8_t* result, uint8_t* answer);
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  // Sends without blocking; see Sender::Send.
  [[nodiscard]] Status Send(const Message& message);
  // Sends the result of a request of the peer without blocking. It need not
  // wait behind messages; see Incoming.
  [[nodiscard]] Status SendResult(Message message);
  // Answers the call `message.sequence` of the peer without blocking.
  [[nodiscard]] Status Reply(const Message& message);

  // Sends a request and blocks until its answer is in `answer`. Waits for room
  // too. `timeout_ns` 0: no deadline. The answer's lengths are in answer().
  [[nodiscard]] Status Call(Message message, uint64_t timeout_ns,
                            BodySink* sink);

  // Hands a shared buffer over, ahead of the message that mentions `ticket`,
  // and takes one that the peer handed over. See link/hand_over.h.
  [[nodiscard]] Status SendParcel(uint32_t ticket, NativeHandle memory,
                                  uint64_t byte_length);
  [[nodiscard]] Status TakeParcel(uint32_t ticket, Parcel* parcel);

  // Takes one record that has come; details in incoming().
  [[nodiscard]] Receiver::Result Receive(BodySink* sink, BodySink* result_sink);

  // Writes what waits in memory to the rings. kCorrupt ends the link.
  [[nodiscard]] Status Flush();

  // Spins on the incoming rings for a short time when traffic is dense, or may
  // become so. True: there is a record. Gives up as soon as another link of
  // `loop` has one: it waits for the same event loop.
  bool SpinForMessage(LoopSpins* loop);
  // Call this when the doorbell has woken this loop. If this thread has woken
  // on the core of a peer that is likely to be at work, it moves to another
  // core.
  void NoteWakeUp();
  // Asks for the doorbell at the next message. False: one is there already.
  bool ArmDoorbell() { return incoming_.Arm(); }
  void DrainDoorbell() { wakers_.doorbell.Drain(); }
  // Makes this side's own loop come back.
  void RingSelf() { wakers_.own_button.Press(); }

  bool PeerClosed() const;
  bool HungUp() const { return socket_.HungUp(); }

  // Tells the peer that nothing is read here any more, and wakes it wherever it
  // sleeps. What waits can still be flushed. Idempotent.
  void Leave();
  // The same, and hangs up. Idempotent.
  void Close();
  // Whether no answer waits for room, or nobody waits for the one that does.
  bool AnswersOut() const;
  // Whether no message or result waits for room.
  bool MessagesOut() const { return events_.idle() && results_.idle(); }

  bool HasRecord() const { return incoming_.HasRecord(); }

  Incoming& incoming() { return incoming_; }
  Receiver& answer() { return answer_; }
  // Whether no message waits in memory for room in the rings.
  bool idle() const { return MessagesOut() && replies_.idle(); }
  uint64_t queued_bytes() const {
    return events_.queued_bytes() + results_.queued_bytes() +
           replies_.queued_bytes();
  }
  uint64_t queue_limit = UINT64_MAX;
  // The longest body that the peer may send; a longer one is kOverLimit.
  void set_message_limit(uint64_t bytes) {
    incoming_.messages().set_limit(bytes);
    incoming_.results().set_limit(bytes);
    answer_.set_limit(bytes);
  }
  // Asked by Call() now and then, while it blocks: whether to stop waiting.
  std::function<bool()> interrupted;
  const Doorbell& doorbell() const { return wakers_.doorbell; }
  const Socket& socket() const { return socket_; }
  ProcessId peer_process() const { return peer_process_; }

  // Says that the calling thread uses this end, so that a call between two ends
  // of one thread is kDeadlock.
  void BindToThread();

 private:
  // Writes an answer into the ring while the blocked caller reads it out at the
  // other end. Otherwise what the ring does not hold would be copied to new
  // memory first. kFull: the reader was not there, or slow.
  RingWriter::Result WriteWhileRead(Sender::Outgoing* answer);
  Status SendBlocking(const Message& message, CallDeadline* deadline,
                      BodySink* sink);
  Status AwaitAnswer(uint32_t sequence, CallDeadline* deadline, BodySink* sink);
  Status WaitForAnswer(CallDeadline* deadline);
  // Whether the peer's end belongs to the calling thread, too.
  bool PeerIsThisThread() const;
  // Sends the rest of a request that is partly written when its caller gives
  // up.
  Status GiveUp(const Sender::Outgoing& request, Status reason);
  // Before a wait: makes memory for the answer to come, once per call.
  void PrepareAnswer(BodySink* sink);
  // Tells the spin budget that a message came. Returns for how long nothing
  // had.
  uint64_t NoteArrival();
  // kOk, or how the peer has ended the link.
  Status PeersEnd() const;
  // Sleeps while `word` holds `seen`, for a while; or says why not to.
  Status SleepSlice(std::atomic<uint32_t>* word, uint32_t seen,
                    CallDeadline* deadline);
  // Wakes the peer's loop for a record of `sender`, unless one of `other`, the
  // other ring that it reads, does so already.
  void WakeLoop(Sender* sender, const Sender& other);
  void WakeReader(Sender* sender);
  void WakeWriter(Receiver* receiver);

  Segment segment_;
  Socket socket_;
  Wakers wakers_;
  ProcessId peer_process_;
  SegmentHeader* header_;
  SideLine* my_side_;
  SideLine* peer_side_;
  CorePlacement cores_;
  Sender events_;      // to the peer's loop
  Sender results_;     // to the peer's loop, too
  Sender replies_;     // to the peer's blocked thread
  Incoming incoming_;  // from the peer's events_ and results_
  Receiver answer_;    // from the peer's replies_
  Parcels parcels_;    // from the peer's socket
  AnswerForecast forecast_;
  SpinBudget call_spin_;
  SpinBudget loop_spin_;
  uint64_t read_wait_ns_;       // what an answer may wait for its reader
  uint64_t idle_since_ns_ = 0;  // when the incoming rings were last empty
  uint32_t last_sequence_ = 0;
  uint32_t local_thread_ = 0;  // ours; 0 where the peer is another process
  bool left_ = false;
  bool closed_ = false;
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_LINK_H_
