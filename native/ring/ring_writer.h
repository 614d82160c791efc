#ifndef RINGWIRE_RING_RING_WRITER_H_
#define RINGWIRE_RING_RING_WRITER_H_

#include <atomic>
#include <cstdint>

#include "ring/bytes.h"
#include "ring/layout.h"

namespace ringwire {

// The producer's end of one ring. Borrows the shared memory; keeps its own
// position privately, so that a hostile reader can at most stop it. One
// thread. Never waits, never wakes: it says what its owner should do.
class RingWriter {
 public:
  enum class Result {
    kOk,
    kFull,     // no room now; nothing was written
    kCorrupt,  // the reader's position is impossible
  };

  RingWriter() = default;
  // `capacity` is a power of two and the size of `data`.
  RingWriter(RingControl* control, uint8_t* data, uint32_t capacity)
      : control_(control), data_(data), capacity_(capacity) {}

  // Publishes one record with the payload `first` and then `second`, whose
  // sizes add up to header.piece_length. Sets *wake when the reader asked to
  // be woken.
  [[nodiscard]] Result Write(const RecordHeader& header, Bytes first,
                             Bytes second, bool* wake);

  // Whether a record of `payload` bytes fits now; asks for no wake-up. True
  // also when the reader's position is impossible: Write() will say so.
  bool HasRoomFor(uint64_t payload);

  // Asks to be woken when a record of `payload` bytes fits. False: it fits
  // already, do not sleep. True also when the reader's position is impossible.
  bool ArmSpace(uint64_t payload);

  // Says that this side sleeps on SpaceWord().
  void SetBlocked(bool blocked);
  // Whether the reader sleeps on DataWord().
  bool ReaderBlocked() const;
  std::atomic<uint32_t>* SpaceWord();
  std::atomic<uint32_t>* DataWord();

  // Whether the reader is awake or about to be: Write() has told to wake it,
  // and it has not asked again since.
  bool WakeUnderWay() const;

  uint32_t capacity() const { return capacity_; }

 private:
  // Whether `bytes` are free; looks at the reader's position only when the
  // copy of it is not enough.
  Result HasRoom(uint64_t bytes);
  bool Fits(uint64_t bytes) const { return tail_ - head_ + bytes <= capacity_; }
  // Takes over the position that the reader states, if it is possible.
  bool BelieveHead(uint64_t head);
  void CopyIn(uint64_t position, const void* from, size_t size);

  RingControl* control_ = nullptr;
  uint8_t* data_ = nullptr;
  uint32_t capacity_ = 0;
  uint64_t tail_ = 0;  // this side's position; the shared word repeats it
  uint64_t head_ = 0;  // the reader's position when last looked at
  uint64_t woken_event_ = 0;  // the data_event that a record has passed last
  bool woke_ = false;         // one has
};

}  // namespace ringwire

#endif  // RINGWIRE_RING_RING_WRITER_H_
