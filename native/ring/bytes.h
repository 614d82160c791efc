#ifndef RINGWIRE_RING_BYTES_H_
#define RINGWIRE_RING_BYTES_H_

#include <cstddef>
#include <cstdint>

namespace ringwire {

// Borrowed bytes.
struct Bytes {
  const uint8_t* data = nullptr;
  size_t size = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_RING_BYTES_H_
