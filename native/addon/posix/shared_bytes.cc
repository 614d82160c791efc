#include "addon/shared_bytes.h"

#include "addon/environment.h"
#include "os/posix/overlay.h"

namespace ringwire {
namespace {

// Lays the memory over pages that V8 has: Electron's V8 cage takes no memory
// from outside. They stay V8's, and are private again before V8 can have them
// back.
class OverlaidBytes final : public SharedBytes {
 public:
  OverlaidBytes() = default;
  ~OverlaidBytes() override { Close(); }
  OverlaidBytes(const OverlaidBytes&) = delete;
  OverlaidBytes& operator=(const OverlaidBytes&) = delete;

  Napi::Value Open(const Handle& memory, size_t size,
                   const Napi::Function& make_pages) override {
    const Napi::Env env = make_pages.Env();
    const Napi::Value made = make_pages.Call({});
    if (env.IsExceptionPending()) return {};
    SystemError error = InvalidArgument("open");
    auto buffer = made.As<Napi::ArrayBuffer>();
    if (!made.IsArrayBuffer() || buffer.ByteLength() != size ||
        !overlay_.Place(memory, buffer.Data(), size, &error)) {
      ThrowSystemError(env, error);
      return {};
    }
    data_ = overlay_.data();
    size_ = size;
    buffer_ = Napi::Persistent(buffer);
    return buffer;
  }

  bool Close() override {
    if (!overlay_.Remove()) return false;
    data_ = nullptr;
    size_ = 0;
    buffer_.Reset();
    return true;
  }

 private:
  Overlay overlay_;
  Napi::Reference<Napi::ArrayBuffer> buffer_;
};

}  // namespace

std::unique_ptr<SharedBytes> SharedBytes::Make() {
  return std::make_unique<OverlaidBytes>();
}

}  // namespace ringwire
