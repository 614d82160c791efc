#ifndef RINGWIRE_OS_POSIX_OVERLAY_H_
#define RINGWIRE_OS_POSIX_OVERLAY_H_

#include <cstddef>
#include <cstdint>

#include "os/handle.h"
#include "os/system_error.h"

namespace ringwire {

// Shared memory mapped over whole pages that this process already has, from any
// allocator: Electron's V8 cage takes no memory from outside. Owns the mapping,
// not the place. The owner of the place must keep it until Remove() has put
// private memory back. Any thread.
class Overlay {
 public:
  Overlay() = default;
  ~Overlay() { Remove(); }
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  // Maps `size` bytes of `memory` over `place`, both multiples of a page; what
  // was there is gone. Changes nothing on failure, nor when it is placed
  // already.
  [[nodiscard]] bool Place(const Handle& memory, void* place, size_t size,
                           SystemError* error);
  // Puts private zeroed memory in its place. Idempotent. False: the shared
  // memory still lies there, and the place must be kept for ever.
  bool Remove();

  bool placed() const { return data_ != nullptr; }
  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_POSIX_OVERLAY_H_
