#ifndef RINGWIRE_ADDON_SHARED_MEMORY_WRAP_H_
#define RINGWIRE_ADDON_SHARED_MEMORY_WRAP_H_

#include <napi.h>

#include <atomic>
#include <cstdint>
#include <memory>

#include "addon/shared_bytes.h"
#include "link/hand_over.h"

namespace ringwire {

// JavaScript's `NativeSharedMemory` (lib/core/native.ts): the memory of one
// shared buffer, and, once opened, its bytes under an ArrayBuffer. Holds the
// ArrayBuffer, and itself, from open() to close() or the end of the
// environment, whatever JavaScript lets go of. Used on the environment's thread
// only.
class SharedMemoryWrap : public Napi::ObjectWrap<SharedMemoryWrap> {
 public:
  static Napi::Function Define(Napi::Env env);
  // createSharedMemory(byteLength); throws a system error.
  static Napi::Value Make(const Napi::CallbackInfo& info);
  static Napi::Object Create(Napi::Env env, Parcel parcel);

  // For Create() only: the parcel comes as an external.
  explicit SharedMemoryWrap(const Napi::CallbackInfo& info);
  SharedMemoryWrap(const SharedMemoryWrap&) = delete;
  SharedMemoryWrap& operator=(const SharedMemoryWrap&) = delete;

 private:
  // The exported methods, in the order of lib/core/native.ts.
  Napi::Value IsOf(const Napi::CallbackInfo& info);
  Napi::Value Open(const Napi::CallbackInfo& info);
  Napi::Value Wait(const Napi::CallbackInfo& info);
  Napi::Value Notify(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  // The word at that index, or null when there is none.
  std::atomic<uint32_t>* WordAt(const Napi::Value& index) const;

  Parcel parcel_;
  std::unique_ptr<SharedBytes> bytes_ = SharedBytes::Make();
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_SHARED_MEMORY_WRAP_H_
