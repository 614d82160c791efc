#ifndef RINGWIRE_LINK_SENDER_H_
#define RINGWIRE_LINK_SENDER_H_

#include <cstdint>
#include <deque>
#include <memory>

#include "link/message.h"
#include "link/status.h"
#include "ring/ring_writer.h"

namespace ringwire {

// The producing half of one ring: cuts messages into records and keeps, in
// order and in private memory, what the ring has no room for. Used by one
// thread. Borrows the ring's memory; owns the bytes that wait. Never sleeps:
// whoever wants to wait for space calls ArmSpace() and sleeps elsewhere.
class Sender {
 public:
  // A message on its way into the ring. Borrows its bytes.
  struct Outgoing {
    explicit Outgoing(const Message& message)
        : head(message.head),
          body(message.body),
          body_length(static_cast<uint32_t>(message.body.size)),
          sequence(message.sequence) {}

    Bytes head;            // empty once the first record is out
    Bytes body;            // what is still to be written
    uint32_t body_length;  // of the whole message
    uint32_t sequence;
    bool started = false;  // the first record is out
  };

  Sender() = default;
  explicit Sender(RingWriter writer) : writer_(writer) {}

  // Whether a message of these lengths can be sent at all.
  static bool Takes(const Message& message) {
    return message.head.size <= kHeadCapacity &&
           message.body.size <= UINT32_MAX;
  }

  // Writes the message, or queues a copy of what does not fit. `limit` bounds
  // the bytes that wait: a message that would have to wait behind others and
  // exceeds it is not taken (kQueueFull). kCorrupt: the reader's position is
  // impossible. Sets *wake when the reader asked to be woken.
  [[nodiscard]] Status Send(const Message& message, uint64_t limit, bool* wake);

  // Writes what waits, as far as there is room; asks for a wake-up when some
  // is left.
  [[nodiscard]] Status Flush(bool* wake);

  // Writes as many records of one message as fit. Only when idle().
  [[nodiscard]] RingWriter::Result Advance(Outgoing* message, bool* wake);

  // Queues what is left of a message that Advance() could not finish.
  void Defer(const Outgoing& message);

  // Whether the next record of `message` fits now; asks for no wake-up.
  bool HasRoom(const Outgoing& message);

  // Asks the reader for a wake-up once the next record of `message` fits.
  // False: it fits already, do not sleep.
  bool ArmSpace(const Outgoing& message);
  // The same for what waits (not idle()).
  bool ArmSpace() { return ArmSpace(queue_.front().rest); }
  bool HasRoom() { return HasRoom(queue_.front().rest); }

  // How many messages were taken, modulo 2^32; those that wait are among them.
  uint32_t taken() const;

  bool idle() const { return queue_.empty(); }
  uint64_t queued_bytes() const { return queued_bytes_; }
  RingWriter& writer() { return writer_; }
  const RingWriter& writer() const { return writer_; }

 private:
  struct Queued {
    std::unique_ptr<uint8_t[]> bytes;  // what `rest` borrows
    Outgoing rest;
  };

  // Payload of the next record: the rest of the message, or a quarter of the
  // ring when it is longer, so that the reader copies one record out while
  // the next is written.
  uint32_t NextPiece(const Outgoing& message) const;

  RingWriter writer_;
  std::deque<Queued> queue_;
  uint64_t queued_bytes_ = 0;
  uint32_t begun_ = 0;  // messages whose first record is out, modulo 2^32
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_SENDER_H_
