#include "os/windows/frame.h"

#include <cstring>

namespace ringwire {
namespace {

// Whether a frame of this kind may look like that.
bool IsWellFormed(const FrameHeader& header) {
  switch (header.kind) {
    case FrameKind::kPushed:
      return header.size > 0 && header.size <= kMostFrameBytes &&
             header.count <= kMostFrameNumbers;
    case FrameKind::kHeld:
      return header.size > 0 && header.size <= kMostFrameBytes &&
             header.count > 0 && header.count <= kMostFrameNumbers;
    case FrameKind::kTaken:
    case FrameKind::kLast:
    case FrameKind::kPulled:
    case FrameKind::kKey:
      return header.size == 0 && header.count == 1;
  }
  return false;
}

}  // namespace

std::vector<uint8_t> Encode(FrameKind kind,
                            const std::vector<uint64_t>& numbers,
                            const void* bytes, size_t size) {
  FrameHeader header{};
  header.size = static_cast<uint32_t>(size);
  header.kind = kind;
  header.count = static_cast<uint8_t>(numbers.size());
  std::vector<uint8_t> frame(FrameSize(size, numbers.size()));
  memcpy(frame.data(), &header, sizeof(header));
  const size_t length = numbers.size() * sizeof(uint64_t);
  if (length > 0) {
    memcpy(frame.data() + sizeof(header), numbers.data(), length);
  }
  if (size > 0) memcpy(frame.data() + sizeof(header) + length, bytes, size);
  return frame;
}

DecodeResult Decode(const uint8_t* data, size_t size, Frame* frame,
                    size_t* used) {
  FrameHeader header;
  if (size < sizeof(header)) return DecodeResult::kIncomplete;
  memcpy(&header, data, sizeof(header));
  if (!IsWellFormed(header)) return DecodeResult::kBad;
  const size_t whole = FrameSize(header.size, header.count);
  if (size < whole) return DecodeResult::kIncomplete;
  const size_t length = header.count * sizeof(uint64_t);
  frame->kind = header.kind;
  frame->numbers.resize(header.count);
  if (length > 0) {
    memcpy(frame->numbers.data(), data + sizeof(header), length);
  }
  const uint8_t* const bytes = data + sizeof(header) + length;
  frame->bytes.assign(bytes, bytes + header.size);
  *used = whole;
  return DecodeResult::kOk;
}

}  // namespace ringwire
