#ifndef RINGWIRE_LINK_RECEIVER_H_
#define RINGWIRE_LINK_RECEIVER_H_

#include <cstdint>

#include "link/message.h"
#include "ring/ring_reader.h"

namespace ringwire {

// The consuming half of one ring: puts messages together from their records.
// Used by one thread. Borrows the ring's memory and the head buffer; the body
// belongs to the sink. Everything is copied out before anybody parses it. A
// peer that breaks the order of records is reported.
class Receiver {
 public:
  enum class Result {
    kMessage,   // head(), sequence() and body_length() describe it
    kProgress,  // one record was taken, its message is not whole yet
    kEmpty,
    kCorrupt,
    kNoMemory,   // the sink has no room for the body of the message that
                 // began; it is abandoned, what comes after it is not
    kOverLimit,  // the body of the message that began is above the limit
  };

  Receiver() = default;
  // `head` holds kHeadCapacity bytes and outlives this object.
  Receiver(RingReader reader, uint8_t* head) : reader_(reader), head_(head) {}

  // As RingReader::Look().
  bool Look() { return reader_.Look(); }
  // Takes at most one record. Sets *wake when the writer asked to be woken.
  [[nodiscard]] Result Next(BodySink* sink, bool* wake);

  // Gives up a message that is not whole yet: drops its body at once, and skips
  // its later records.
  void Abandon(BodySink* sink);

  // The longest body that is taken.
  void set_limit(uint64_t bytes) { limit_ = bytes; }

  uint32_t head_length() const { return head_length_; }
  uint32_t body_length() const { return body_length_; }
  uint32_t sequence() const { return sequence_; }
  // Whether Next() would find one.
  bool HasRecord() const { return reader_.HasData(); }
  // The sequence of the message that Next() would go on with or begin. False:
  // there is none, or Next() would find it corrupt.
  bool Peek(uint32_t* sequence) const;
  // Whether a message has begun and is not whole.
  bool open() const { return open_; }
  RingReader& reader() { return reader_; }
  const RingReader& reader() const { return reader_; }

 private:
  bool Begin(const RecordHeader& header);
  bool Continues(const RecordHeader& header) const;

  RingReader reader_;
  uint8_t* head_ = nullptr;
  uint8_t* body_ = nullptr;
  uint32_t head_length_ = 0;
  uint32_t body_length_ = 0;
  uint32_t body_received_ = 0;
  uint32_t sequence_ = 0;
  uint64_t limit_ = UINT64_MAX;
  bool open_ = false;       // a message has begun and is not whole
  bool abandoned_ = false;  // and nobody waits for it
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_RECEIVER_H_
