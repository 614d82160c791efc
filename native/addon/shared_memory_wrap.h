#ifndef RINGWIRE_ADDON_SHARED_MEMORY_WRAP_H_
#define RINGWIRE_ADDON_SHARED_MEMORY_WRAP_H_

#include <napi.h>

#include <atomic>
#include <cstdint>

#include "link/hand_over.h"
#include "os/overlay.h"

namespace ringwire {

// JavaScript's `NativeSharedMemory` (lib/core/native.ts): the memory of one
// shared buffer, and, once placed, its bytes under an ArrayBuffer.
//
// The ArrayBuffer's own memory is V8's, and stays V8's: what lies over it is
// taken off before V8 can have it back. So this holds the ArrayBuffer, and
// itself, from place() to close() or the end of the environment, whatever
// JavaScript lets go of. Used on the environment's thread only.
class SharedMemoryWrap : public Napi::ObjectWrap<SharedMemoryWrap> {
 public:
  static Napi::Function Define(Napi::Env env);
  // createSharedMemory(byteLength); throws a system error.
  static Napi::Value Make(const Napi::CallbackInfo& info);
  static Napi::Object Create(Napi::Env env, Parcel parcel);

  // For Create() only: the parcel comes as an external.
  explicit SharedMemoryWrap(const Napi::CallbackInfo& info);
  ~SharedMemoryWrap() override;
  SharedMemoryWrap(const SharedMemoryWrap&) = delete;
  SharedMemoryWrap& operator=(const SharedMemoryWrap&) = delete;

 private:
  // The exported methods, in the order of lib/core/native.ts.
  Napi::Value IsOf(const Napi::CallbackInfo& info);
  void Place(const Napi::CallbackInfo& info);
  Napi::Value Wait(const Napi::CallbackInfo& info);
  Napi::Value Notify(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  // Private memory is there again; V8 may have it back.
  bool Remove();
  // The word at that index, or null when there is none.
  std::atomic<uint32_t>* WordAt(const Napi::Value& index) const;

  Parcel parcel_;
  Overlay overlay_;
  Napi::Reference<Napi::ArrayBuffer> place_;
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_SHARED_MEMORY_WRAP_H_
