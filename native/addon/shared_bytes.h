#ifndef RINGWIRE_ADDON_SHARED_BYTES_H_
#define RINGWIRE_ADDON_SHARED_BYTES_H_

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "os/handle.h"

namespace ringwire {

// Shared memory as the bytes of an ArrayBuffer. Owns the mapping, and holds the
// ArrayBuffer until Close(). Used on the environment's thread only.
class SharedBytes {
 public:
  // How memory gets there is a matter of the system; see
  // addon/<system>/shared_bytes.cc.
  static std::unique_ptr<SharedBytes> Make();
  // Memory that never was open, or the end of the environment.
  virtual ~SharedBytes() = default;
  SharedBytes(const SharedBytes&) = delete;
  SharedBytes& operator=(const SharedBytes&) = delete;

  // Maps all `size` bytes, once. `make_pages` is JavaScript's function without
  // arguments that makes an ArrayBuffer of this size in whole pages, for a
  // system that lays the memory over them. Empty, with an exception, on
  // failure.
  virtual Napi::Value Open(const Handle& memory, size_t size,
                           const Napi::Function& make_pages) = 0;
  // The ArrayBuffer shows the memory no more. Idempotent. False: the system
  // refused, and this has to be kept for ever.
  virtual bool Close() = 0;

  // Null while it is not open.
  [[nodiscard]] uint8_t* data() const { return data_; }
  [[nodiscard]] size_t size() const { return size_; }

 protected:
  SharedBytes() = default;

  uint8_t* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_SHARED_BYTES_H_
