#ifndef RINGWIRE_TEST_NATIVE_HELPERS_PAYLOAD_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_PAYLOAD_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ring/bytes.h"

namespace ringwire {

using Payload = std::vector<uint8_t>;

inline Bytes ToBytes(const Payload& payload) {
  return {payload.data(), payload.size()};
}

// `size` bytes that differ from each other and, for another `seed`, from those
// of other payloads.
inline Payload Numbered(size_t size, uint32_t seed) {
  Payload payload(size);
  uint32_t state = seed * 2654435761u + 1;
  for (uint8_t& byte : payload) {
    state = state * 1664525u + 1013904223u;
    byte = static_cast<uint8_t>(state >> 24);
  }
  return payload;
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_PAYLOAD_H_
