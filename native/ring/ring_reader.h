#ifndef RINGWIRE_RING_RING_READER_H_
#define RINGWIRE_RING_RING_READER_H_

#include <atomic>
#include <cstdint>

#include "ring/layout.h"

namespace ringwire {

// The consumer's end of one ring. Borrows the shared memory; keeps its own
// position privately. Each shared word is loaded once, checked, then used: a
// hostile writer can send nonsense or nothing, but cannot make this side read
// outside the ring. One thread. Never waits, never wakes.
class RingReader {
 public:
  enum class Result { kRecord, kEmpty, kCorrupt };

  RingReader() = default;
  // `capacity` is a power of two and the size of `data`.
  RingReader(RingControl* control, const uint8_t* data, uint32_t capacity)
      : control_(control), data_(data), capacity_(capacity) {}

  // Whether Next() would find something, as far as this side has looked now.
  // If so, Next() looks no further.
  bool Look();
  // Finds the next record and copies its header out. The record lies wholly
  // between the two positions; its fields are otherwise unchecked.
  [[nodiscard]] Result Next(RecordHeader* header);
  // Copies out of the payload of the record that Next() found; `offset` +
  // `size` is at most its piece_length.
  void Copy(uint64_t offset, void* to, size_t size) const;
  // Frees that record. True: the writer asked to be woken.
  bool Release();

  // Bytes ever read.
  uint64_t head() const { return head_; }
  // Bytes to be read, as the peer says. It may lie, which Next() checks. Never
  // more than the ring holds.
  uint64_t Backlog() const;
  // The position where that ends.
  uint64_t Published() const { return head_ + Backlog(); }

  // The header of the next record, as Next() would find it. False: there is
  // none, or Next() would find it corrupt.
  bool Peek(RecordHeader* header) const;

  // Whether there is something to read; cheap enough to ask in a loop.
  bool HasData() const;
  // Asks to be woken at the next record. False: there is one already, do not
  // sleep.
  bool ArmData();
  // The two steps of ArmData(), for a sleeper that several rings wake: it asks
  // on all of them before it checks any. `position`: wake me when tail passes
  // this.
  void AskForData(uint64_t position);
  bool GotData() const;

  // Says that this side sleeps on DataWord().
  void SetBlocked(bool blocked);
  // Whether the writer sleeps on SpaceWord().
  bool WriterBlocked() const;
  std::atomic<uint32_t>* DataWord();
  std::atomic<uint32_t>* SpaceWord();

 private:
  void CopyOut(uint64_t position, void* to, size_t size) const;

  RingControl* control_ = nullptr;
  const uint8_t* data_ = nullptr;
  uint32_t capacity_ = 0;
  uint64_t head_ = 0;   // this side's position; the shared word repeats it
  uint64_t asked_ = 0;  // what data_event was set to
  uint64_t tail_ = 0;   // the writer's position when last looked at
  uint64_t record_size_ = 0;  // of the record that Next() found
};

}  // namespace ringwire

#endif  // RINGWIRE_RING_RING_READER_H_
