#include "link/receiver.h"

#include <utility>

#include "ring/layout.h"

namespace ringwire {

Receiver::Result Receiver::Next(BodySink* sink, bool* wake) {
  RecordHeader header;
  switch (reader_.Next(&header)) {
    case RingReader::Result::kEmpty:
      return Result::kEmpty;
    case RingReader::Result::kCorrupt:
      return Result::kCorrupt;
    case RingReader::Result::kRecord:
      break;
  }
  if (open_ ? !Continues(header) : !Begin(header)) return Result::kCorrupt;
  if (body_length_ > limit_) return Result::kOverLimit;

  bool refused = false;
  if (!open_ && body_length_ > 0) {
    body_ = sink->AllocateBody(body_length_);
    refused = body_ == nullptr;
    abandoned_ = refused;
  }
  const uint32_t from_body = header.piece_length - header.head_length;
  reader_.Copy(0, head_, header.head_length);
  if (from_body > 0 && !abandoned_) {
    sink->ExpectBody(body_received_ + from_body);
    reader_.Copy(header.head_length, body_ + body_received_, from_body);
  }
  *wake = reader_.Release() || *wake;
  body_received_ += from_body;
  open_ = body_received_ < body_length_;
  const bool dropped = open_ ? abandoned_ : std::exchange(abandoned_, false);
  if (refused) return Result::kNoMemory;
  return open_ || dropped ? Result::kProgress : Result::kMessage;
}

bool Receiver::Peek(uint32_t* sequence) const {
  RecordHeader header;
  if (!reader_.Peek(&header)) return false;
  *sequence = header.sequence;
  return true;
}

void Receiver::Abandon(BodySink* sink) {
  if (!open_ || abandoned_) return;
  sink->DropBody();
  body_ = nullptr;
  abandoned_ = true;
}

bool Receiver::Begin(const RecordHeader& header) {
  if (header.kind != kRecordFirst || header.head_length > kHeadCapacity ||
      header.head_length > header.piece_length) {
    return false;
  }
  const uint32_t from_body = header.piece_length - header.head_length;
  // A first record with none of an announced body is legal, but a body that
  // is shorter than its first part is not.
  if (from_body > header.body_length) return false;
  head_length_ = header.head_length;
  body_length_ = header.body_length;
  body_received_ = 0;
  sequence_ = header.sequence;
  return true;
}

bool Receiver::Continues(const RecordHeader& header) const {
  return header.kind == kRecordRest && header.head_length == 0 &&
         header.piece_length > 0 && header.body_length == body_length_ &&
         header.sequence == sequence_ &&
         header.piece_length <= body_length_ - body_received_;
}

}  // namespace ringwire
