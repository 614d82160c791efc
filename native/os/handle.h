#ifndef RINGWIRE_OS_HANDLE_H_
#define RINGWIRE_OS_HANDLE_H_

#include <utility>

#include "os/native.h"

namespace ringwire {

// The sole owner of one open object of the system, and the only place that
// closes one.
class Handle {
 public:
  Handle() = default;
  explicit Handle(NativeHandle native) : native_(native) {}
  ~Handle() { Close(); }
  Handle(Handle&& other) noexcept
      : native_(std::exchange(other.native_, kNoHandle)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      Close();
      native_ = std::exchange(other.native_, kNoHandle);
    }
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  bool valid() const { return native_ != kNoHandle; }
  NativeHandle get() const { return native_; }
  // Idempotent.
  void Close();

 private:
  NativeHandle native_ = kNoHandle;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_HANDLE_H_
