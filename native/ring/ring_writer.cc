#include "ring/ring_writer.h"

#include <algorithm>
#include <cstring>

#include "ring/point.h"
#include "ring/position.h"

namespace ringwire {

RingWriter::Result RingWriter::Write(const RecordHeader& header, Bytes first,
                                     Bytes second, bool* wake) {
  RINGWIRE_POINT("before reserve");
  const uint64_t size = RecordSize(header.piece_length);
  const Result room = HasRoom(size);
  if (room != Result::kOk) return room;
  RINGWIRE_POINT("reserved");

  uint64_t at = tail_;
  CopyIn(at, &header, sizeof(header));
  at += sizeof(header);
  CopyIn(at, first.data, first.size);
  RINGWIRE_POINT("half copied");
  CopyIn(at + first.size, second.data, second.size);
  RINGWIRE_POINT("copied");

  const uint64_t before = tail_;
  tail_ += size;
  // Release: pairs with the acquire of tail in RingReader::Next. Sequentially
  // consistent: the load of data_event below must not move before it, or this
  // side could miss a reader that is about to sleep while the reader misses
  // this record (pairs with RingReader::ArmData).
  control_->writer.tail.store(tail_, std::memory_order_seq_cst);
  RINGWIRE_POINT("published");
  const uint64_t event =
      control_->reader.data_event.load(std::memory_order_seq_cst);
  *wake = Passed(event, before, tail_);
  if (*wake) {
    woke_ = true;
    woken_event_ = event;
  }
  return Result::kOk;
}

bool RingWriter::WakeUnderWay() const {
  // Pairs with RingReader::AskForData. A reader that was woken takes what has
  // passed its event before it asks again, so it asks for another position.
  return woke_ && control_->reader.data_event.load(std::memory_order_seq_cst) ==
                      woken_event_;
}

bool RingWriter::HasRoomFor(uint64_t payload) {
  return HasRoom(RecordSize(payload)) != Result::kFull;
}

bool RingWriter::ArmSpace(uint64_t payload) {
  const uint64_t size = RecordSize(payload);
  // The record fits once head has reached tail + size - capacity.
  const uint64_t enough = tail_ + size - capacity_;
  // The counterpart of the store in RingReader::Release: one of the two sides
  // sees the other's word.
  control_->writer.space_event.store(enough - 1, std::memory_order_seq_cst);
  BelieveHead(control_->reader.head.load(std::memory_order_seq_cst));
  return !Fits(size);
}

RingWriter::Result RingWriter::HasRoom(uint64_t bytes) {
  if (Fits(bytes)) return Result::kOk;
  // Acquire: pairs with the store in RingReader::Release; the reader is done
  // with the bytes that are about to be overwritten.
  if (!BelieveHead(control_->reader.head.load(std::memory_order_acquire))) {
    return Result::kCorrupt;
  }
  return Fits(bytes) ? Result::kOk : Result::kFull;
}

bool RingWriter::BelieveHead(uint64_t head) {
  if (tail_ - head > capacity_ || head % kRecordAlignment != 0) return false;
  head_ = head;
  return true;
}

void RingWriter::CopyIn(uint64_t position, const void* from, size_t size) {
  if (size == 0) return;
  const size_t offset = position & (capacity_ - 1);
  const size_t until_end = std::min<size_t>(size, capacity_ - offset);
  memcpy(data_ + offset, from, until_end);
  memcpy(data_, static_cast<const uint8_t*>(from) + until_end,
         size - until_end);
}

void RingWriter::SetBlocked(bool blocked) {
  // Pairs with RingReader::WriterBlocked. Stored before ArmSpace() stores the
  // event, so a reader that passes the event sees how to wake.
  control_->writer.blocked.store(blocked ? 1 : 0, std::memory_order_seq_cst);
}

bool RingWriter::ReaderBlocked() const {
  // Pairs with RingReader::SetBlocked; loaded after the event.
  return control_->reader.blocked.load(std::memory_order_seq_cst) != 0;
}

std::atomic<uint32_t>* RingWriter::SpaceWord() {
  return LowHalf(&control_->reader.head);
}

std::atomic<uint32_t>* RingWriter::DataWord() {
  return LowHalf(&control_->writer.tail);
}

}  // namespace ringwire
