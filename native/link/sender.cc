#include "link/sender.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "ring/layout.h"

namespace ringwire {
namespace {

uint64_t SizeOf(const Sender::Outgoing& message) {
  return uint64_t{message.head.size} + message.body.size;
}

}  // namespace

Status Sender::Send(const Message& message, uint64_t limit, bool* wake) {
  if (!Takes(message)) return Status::kTooLarge;
  if (!idle()) {
    const Status flushed = Flush(wake);
    if (flushed != Status::kOk) return flushed;
  }
  Outgoing outgoing(message);
  if (idle()) {
    const RingWriter::Result result = Advance(&outgoing, wake);
    if (result == RingWriter::Result::kCorrupt) return Status::kCorrupt;
    if (result == RingWriter::Result::kOk) return Status::kOk;
  } else if (queued_bytes_ + SizeOf(outgoing) > limit) {
    return Status::kQueueFull;
  }
  Defer(outgoing);
  // Flush also asks for the wake-up that will go on with the rest.
  return Flush(wake);
}

Status Sender::Flush(bool* wake) {
  while (!idle()) {
    Outgoing& rest = queue_.front().rest;
    const uint64_t before = SizeOf(rest);
    const RingWriter::Result result = Advance(&rest, wake);
    queued_bytes_ -= before - SizeOf(rest);
    if (result == RingWriter::Result::kCorrupt) return Status::kCorrupt;
    if (result == RingWriter::Result::kOk) {
      queue_.pop_front();
    } else if (ArmSpace(rest)) {
      return Status::kOk;
    }
  }
  return Status::kOk;
}

RingWriter::Result Sender::Advance(Outgoing* message, bool* wake) {
  while (!message->started || message->body.size > 0) {
    const uint32_t piece = NextPiece(*message);
    const uint32_t from_body = piece - message->head.size;
    RecordHeader header{};
    header.piece_length = piece;
    header.body_length = message->body_length;
    header.sequence = message->sequence;
    header.head_length = static_cast<uint16_t>(message->head.size);
    header.kind = message->started ? kRecordRest : kRecordFirst;

    bool asked = false;
    const RingWriter::Result result = writer_.Write(
        header, message->head, {message->body.data, from_body}, &asked);
    if (result != RingWriter::Result::kOk) return result;
    *wake = *wake || asked;
    if (!message->started) ++begun_;
    message->started = true;
    message->head = {};
    message->body = {message->body.data + from_body,
                     message->body.size - from_body};
  }
  return RingWriter::Result::kOk;
}

uint32_t Sender::taken() const {
  const bool half = !idle() && queue_.front().rest.started;
  return begun_ + static_cast<uint32_t>(queue_.size()) - (half ? 1 : 0);
}

bool Sender::HasRoom(const Outgoing& message) {
  return writer_.HasRoomFor(NextPiece(message));
}

bool Sender::ArmSpace(const Outgoing& message) {
  return writer_.ArmSpace(NextPiece(message));
}

uint32_t Sender::NextPiece(const Outgoing& message) const {
  return static_cast<uint32_t>(
      std::min<uint64_t>(SizeOf(message), writer_.capacity() / 4));
}

void Sender::Defer(const Outgoing& message) {
  const size_t size = SizeOf(message);
  // new without a try: out of memory ends the process, as everywhere in Node.
  Queued entry{std::unique_ptr<uint8_t[]>(new uint8_t[size]), message};
  uint8_t* const bytes = entry.bytes.get();
  if (message.head.size > 0) {
    memcpy(bytes, message.head.data, message.head.size);
  }
  if (message.body.size > 0) {
    memcpy(bytes + message.head.size, message.body.data, message.body.size);
  }
  entry.rest.head = {bytes, message.head.size};
  entry.rest.body = {bytes + message.head.size, message.body.size};
  queued_bytes_ += size;
  queue_.push_back(std::move(entry));
}

}  // namespace ringwire
