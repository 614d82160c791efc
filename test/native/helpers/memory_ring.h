#ifndef RINGWIRE_TEST_NATIVE_HELPERS_MEMORY_RING_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_MEMORY_RING_H_

#include <cstdint>
#include <cstdlib>
#include <memory>

#include "ring/layout.h"
#include "ring/ring_reader.h"
#include "ring/ring_writer.h"

namespace ringwire {

// One ring in ordinary memory, with both of its ends. The data area is an
// allocation of exactly its size, so that AddressSanitizer sees every access
// beyond it.
struct MemoryRing {
  explicit MemoryRing(uint32_t capacity)
      : capacity(capacity), data(new uint8_t[capacity]()) {}

  RingWriter Writer() { return {&control, data.get(), capacity}; }
  RingReader Reader() { return {&control, data.get(), capacity}; }

  const uint32_t capacity;
  RingControl control{};
  std::unique_ptr<uint8_t[]> data;
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_MEMORY_RING_H_
