#ifndef RINGWIRE_OS_WINDOWS_FRAME_H_
#define RINGWIRE_OS_WINDOWS_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ringwire {

// What a pipe carries: native/README.md, "On Windows". A pipe takes no handles
// along, so frames have their numbers.

constexpr size_t kMostFrameBytes = 4096;
constexpr size_t kMostFrameNumbers = 8;

enum class FrameKind : uint8_t {
  kPushed = 1,  // bytes; the numbers are handles of the receiver by now
  kHeld = 2,    // bytes; the numbers are handles of the connector, who sent it
  kTaken = 3,   // how many frames of kinds 1 and 2 the sender has taken
  kLast = 4,    // the same, and it takes no more
  kPulled = 5,  // how many frames of kind 2 the acceptor has copies of
  kKey = 6,     // an event of the acceptor that only those can set who can push
};

struct FrameHeader {
  uint32_t size;  // bytes, which come after the numbers
  FrameKind kind;
  uint8_t count;  // of numbers, 8 bytes each
  uint16_t reserved;
};
static_assert(sizeof(FrameHeader) == 8, "part of the protocol");

struct Frame {
  FrameKind kind = FrameKind::kPushed;
  std::vector<uint64_t> numbers;
  std::vector<uint8_t> bytes;
};

constexpr size_t FrameSize(size_t bytes, size_t numbers) {
  return sizeof(FrameHeader) + numbers * sizeof(uint64_t) + bytes;
}
constexpr size_t kMostFrameSize = FrameSize(kMostFrameBytes, kMostFrameNumbers);

std::vector<uint8_t> Encode(FrameKind kind,
                            const std::vector<uint64_t>& numbers,
                            const void* bytes, size_t size);

enum class DecodeResult { kOk, kIncomplete, kBad };

// Reads the frame at the beginning of `size` bytes; `used` is its length.
DecodeResult Decode(const uint8_t* data, size_t size, Frame* frame,
                    size_t* used);

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_FRAME_H_
