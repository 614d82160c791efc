#ifndef RINGWIRE_LINK_INCOMING_H_
#define RINGWIRE_LINK_INCOMING_H_

#include <cstdint>

#include "link/message.h"
#include "link/receiver.h"

namespace ringwire {

// Reads the two rings that the peer's event loop writes, messages and results
// of requests, in the order of delivery. A result comes behind the messages
// that the peer had sent before it, until LetResultsPass(). Owns both
// receivers. Used by one thread. Never waits, never wakes.
//
// The result's own word says behind which message it belongs. A hostile peer
// may write anything there: it decides an order, and nothing else.
class Incoming {
 public:
  Incoming() = default;
  Incoming(Receiver messages, Receiver results)
      : messages_(messages), results_(results) {}

  // Takes at most one record, of the lane that is next; see last(). The body
  // goes to the sink of that lane.
  [[nodiscard]] Receiver::Result Next(BodySink* messages, BodySink* results,
                                      bool* wake);
  // Where the last record came from.
  Receiver& last() { return *last_; }
  bool last_is_result() const { return last_ == &results_; }

  // Whether Next() would find a record.
  bool HasRecord() const;
  // Asks to be woken when HasRecord() becomes true. False: it is true.
  bool Arm();

  // Where both rings end for now, and whether all until there was taken.
  struct Ends {
    uint64_t messages;
    uint64_t results;
  };
  Ends Published() const;
  bool Reached(const Ends& ends) const;

  // Lets the results that are there now go ahead of all messages, except one
  // that has come in part. False: none has waited long enough. One that is
  // seen only now has waited since `unseen_ns` (monotonic): listeners that
  // have run since then may have kept it waiting.
  bool LetResultsPass(uint64_t unseen_ns);
  // Whether some of those are still there; until EndPass().
  bool ResultsPass() const;
  void EndPass() { pass_until_ = results_.reader().head(); }

  Receiver& messages() { return messages_; }
  Receiver& results() { return results_; }

 private:
  bool ResultIsNext() const;
  // Remembers since when a result has had to wait for messages.
  void NoteHeld();
  // Whether the messages that the next result belongs behind were delivered.
  bool ReachedResult() const;

  Receiver messages_;
  Receiver results_;
  Receiver* last_ = &messages_;
  uint32_t received_ = 0;       // whole messages, modulo 2^32
  uint64_t pass_until_ = 0;     // results up to here go ahead of messages
  uint64_t held_since_ns_ = 0;  // 0: no result has to wait
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_INCOMING_H_
