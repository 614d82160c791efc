#include "addon/shared_bytes.h"

#include "addon/environment.h"
#include "os/windows/win32.h"

namespace ringwire {
namespace {

// Windows cannot exchange pages that V8 has reserved for a view of shared
// memory, so the view is an ArrayBuffer by itself. The V8 of Electron takes no
// memory from outside of its cage, and its first versions with one end the
// process when they are asked.
bool TakesMemory(Napi::Env env) {
  const Napi::Value process = env.Global().Get("process");
  if (!process.IsObject()) return false;
  const Napi::Value versions = process.As<Napi::Object>().Get("versions");
  return versions.IsObject() && !versions.As<Napi::Object>().Has("electron");
}

// A view of shared memory. Unmapped, and deleted, once both are gone that may
// reach it: the memory of the ArrayBuffer, which code may transfer, and the
// object, which work in other threads may hold after it was detached.
struct View {
  static void Release(napi_env /*env*/, void* /*data*/, void* hint) {
    auto* view = static_cast<View*>(hint);
    if (--view->holders > 0) return;
    UnmapViewOfFile(view->data);
    delete view;
  }

  void* data = nullptr;
  int holders = 1;
};

class ExternalBytes final : public SharedBytes {
 public:
  Napi::Value Open(const Handle& memory, size_t size,
                   const Napi::Function& make_pages) override {
    const Napi::Env env = make_pages.Env();
    SystemError error{"napi_create_external_arraybuffer", ERROR_NOT_SUPPORTED};
    const napi_value buffer =
        TakesMemory(env) ? Map(env, memory, size, &error) : nullptr;
    if (buffer == nullptr) {
      ThrowSystemError(env, error);
      return {};
    }
    buffer_ = Napi::Persistent(Napi::ArrayBuffer(env, buffer));
    data_ = static_cast<uint8_t*>(buffer_.Value().Data());
    size_ = size;
    return {env, buffer};
  }

  bool Close() override {
    if (data_ == nullptr) return true;
    data_ = nullptr;
    size_ = 0;
    const Napi::HandleScope scope(buffer_.Env());
    napi_detach_arraybuffer(buffer_.Env(), buffer_.Value());
    buffer_.Reset();
    return true;
  }

 private:
  // Null on failure; changes `error` only where the system refuses.
  static napi_value Map(napi_env env, const Handle& memory, size_t size,
                        SystemError* error) {
    // With the page behind it, for os/shared_word.h.
    void* const data =
        MapViewOfFile(memory.get(), FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, 0);
    if (data == nullptr) {
      Fail("MapViewOfFile", error);
      return nullptr;
    }
    auto* view = new View{data, 1};
    napi_value buffer = nullptr;
    if (napi_create_external_arraybuffer(env, data, size, View::Release, view,
                                         &buffer) != napi_ok) {
      View::Release(env, data, view);
      return nullptr;
    }
    if (napi_add_finalizer(env, buffer, data, View::Release, view, nullptr) ==
        napi_ok) {
      ++view->holders;
    }
    return buffer;
  }

  Napi::Reference<Napi::ArrayBuffer> buffer_;
};

}  // namespace

std::unique_ptr<SharedBytes> SharedBytes::Make() {
  return std::make_unique<ExternalBytes>();
}

}  // namespace ringwire
