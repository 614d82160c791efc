#ifndef RINGWIRE_OS_HANDLE_H_
#define RINGWIRE_OS_HANDLE_H_

#include <unistd.h>

#include <utility>

namespace ringwire {

// The sole owner of one file descriptor, and the only place that closes one.
class Handle {
 public:
  Handle() = default;
  explicit Handle(int descriptor) : descriptor_(descriptor) {}
  ~Handle() { Close(); }
  Handle(Handle&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      Close();
      descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  bool valid() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }
  void Close() {
    if (valid()) close(std::exchange(descriptor_, -1));
  }

 private:
  int descriptor_ = -1;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_HANDLE_H_
