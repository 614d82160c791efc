#include "ring/ring_reader.h"

#include <algorithm>
#include <cstring>

#include "ring/point.h"
#include "ring/position.h"

namespace ringwire {

bool RingReader::Look() {
  if (tail_ == head_) {
    // Acquire: pairs with the store in RingWriter::Write; the record is whole.
    tail_ = control_->writer.tail.load(std::memory_order_acquire);
  }
  return tail_ != head_;
}

RingReader::Result RingReader::Next(RecordHeader* header) {
  if (!Look()) return Result::kEmpty;
  const uint64_t available = tail_ - head_;
  if (available > capacity_ || available < sizeof(RecordHeader) ||
      tail_ % kRecordAlignment != 0) {
    return Result::kCorrupt;
  }
  CopyOut(head_, header, sizeof(*header));
  record_size_ = RecordSize(header->piece_length);
  return record_size_ <= available ? Result::kRecord : Result::kCorrupt;
}

bool RingReader::Peek(RecordHeader* header) const {
  // A copy of this reader finds it, and leaves no trace.
  return RingReader(*this).Next(header) == Result::kRecord;
}

void RingReader::Copy(uint64_t offset, void* to, size_t size) const {
  CopyOut(head_ + sizeof(RecordHeader) + offset, to, size);
  RINGWIRE_POINT("half read");
}

bool RingReader::Release() {
  RINGWIRE_POINT("read");
  const uint64_t before = head_;
  head_ += record_size_;
  // Release: pairs with the acquire of head in RingWriter::HasRoom.
  // Sequentially consistent with the load below, as in RingWriter::Write
  // (pairs with RingWriter::ArmSpace).
  control_->reader.head.store(head_, std::memory_order_seq_cst);
  RINGWIRE_POINT("released");
  const uint64_t event =
      control_->writer.space_event.load(std::memory_order_seq_cst);
  return Passed(event, before, head_);
}

uint64_t RingReader::Backlog() const {
  // Acquire: Next() finds at least this.
  const uint64_t tail = control_->writer.tail.load(std::memory_order_acquire);
  return std::min<uint64_t>(tail - head_, capacity_);
}

bool RingReader::HasData() const {
  // Acquire: what Next() finds afterwards is at least this.
  return tail_ != head_ ||
         control_->writer.tail.load(std::memory_order_acquire) != head_;
}

bool RingReader::ArmData() {
  AskForData(head_);
  return !GotData();
}

void RingReader::AskForData(uint64_t position) {
  asked_ = position;
  // The counterpart of the store in RingWriter::Write: one of the two sides
  // sees the other's word.
  control_->reader.data_event.store(position, std::memory_order_seq_cst);
}

bool RingReader::GotData() const {
  // After the store of AskForData(), for the same reason.
  return control_->writer.tail.load(std::memory_order_seq_cst) != asked_;
}

void RingReader::CopyOut(uint64_t position, void* to, size_t size) const {
  if (size == 0) return;
  const size_t offset = position & (capacity_ - 1);
  const size_t until_end = std::min<size_t>(size, capacity_ - offset);
  memcpy(to, data_ + offset, until_end);
  memcpy(static_cast<uint8_t*>(to) + until_end, data_, size - until_end);
}

void RingReader::SetBlocked(bool blocked) {
  // Pairs with RingWriter::ReaderBlocked. Stored before ArmData() stores the
  // event, so a writer that passes the event sees how to wake.
  control_->reader.blocked.store(blocked ? 1 : 0, std::memory_order_seq_cst);
}

bool RingReader::WriterBlocked() const {
  // Pairs with RingWriter::SetBlocked; loaded after the event.
  return control_->writer.blocked.load(std::memory_order_seq_cst) != 0;
}

std::atomic<uint32_t>* RingReader::DataWord() {
  return LowHalf(&control_->writer.tail);
}

std::atomic<uint32_t>* RingReader::SpaceWord() {
  return LowHalf(&control_->reader.head);
}

}  // namespace ringwire
