#include "addon/shared_memory_wrap.h"

#include <algorithm>
#include <utility>

#include "addon/environment.h"
#include "os/sealed_memory.h"
#include "os/shared_word.h"

namespace ringwire {
namespace {

constexpr double kNsPerMs = 1e6;
// Longer than anybody waits, and no overflow for the kernel.
constexpr double kLongestWaitMs = 1e12;

}  // namespace

Napi::Function SharedMemoryWrap::Define(Napi::Env env) {
  return DefineClass(env, "NativeSharedMemory",
                     {
                         InstanceMethod("isOf", &SharedMemoryWrap::IsOf),
                         InstanceMethod("open", &SharedMemoryWrap::Open),
                         InstanceMethod("wait", &SharedMemoryWrap::Wait),
                         InstanceMethod("notify", &SharedMemoryWrap::Notify),
                         InstanceMethod("close", &SharedMemoryWrap::Close),
                     });
}

Napi::Value SharedMemoryWrap::Make(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto length =
      static_cast<uint64_t>(info[0].As<Napi::Number>().Int64Value());
  Parcel parcel{0, length, Handle()};
  SystemError error = InvalidArgument("createSharedMemory");
  if (!IsSharedLength(length) ||
      !CreateSealed(SharedSize(length), &parcel.memory, &error)) {
    ThrowSystemError(env, error);
    return env.Undefined();
  }
  return Create(env, std::move(parcel));
}

Napi::Object SharedMemoryWrap::Create(Napi::Env env, Parcel parcel) {
  return Environment::Get(env)->shared_memory_class.New(
      {Napi::External<Parcel>::New(env, &parcel)});
}

SharedMemoryWrap::SharedMemoryWrap(const Napi::CallbackInfo& info)
    : ObjectWrap(info) {
  const Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsExternal()) {
    Napi::TypeError::New(env, "NativeSharedMemory is made by the addon")
        .ThrowAsJavaScriptException();
    return;
  }
  parcel_ = std::move(*info[0].As<Napi::External<Parcel>>().Data());
  const auto self = info.This().As<Napi::Object>();
  const struct {
    const char* name;
    double value;
  } numbers[] = {
      {"byteLength", static_cast<double>(parcel_.byte_length)},
      {"size", static_cast<double>(SharedSize(parcel_.byte_length))},
      {"handle", static_cast<double>(NumberOf(parcel_.memory.get()))},
  };
  for (const auto& [name, value] : numbers) {
    self.DefineProperty(Napi::PropertyDescriptor::Value(
        name, Napi::Number::New(env, value), napi_enumerable));
  }
}

Napi::Value SharedMemoryWrap::IsOf(const Napi::CallbackInfo& info) {
  const NativeHandle other = HandleOf(info[0].As<Napi::Number>().Int64Value());
  return Napi::Boolean::New(info.Env(),
                            IsSameMemory(parcel_.memory.get(), other));
}

Napi::Value SharedMemoryWrap::Open(const Napi::CallbackInfo& info) {
  const Napi::Value buffer =
      bytes_->Open(parcel_.memory, SharedSize(parcel_.byte_length),
                   info[0].As<Napi::Function>());
  if (!buffer.IsEmpty()) Ref();
  return buffer;
}

Napi::Value SharedMemoryWrap::Wait(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  std::atomic<uint32_t>* const word = WordAt(info[0]);
  const auto expected =
      static_cast<uint32_t>(info[1].As<Napi::Number>().Int32Value());
  const double timeout_ms =
      std::clamp(info[2].As<Napi::Number>().DoubleValue(), 0.0, kLongestWaitMs);
  // seq_cst, as JavaScript's Atomics: pairs with their store in the peer.
  if (word == nullptr || word->load(std::memory_order_seq_cst) != expected) {
    return Napi::String::New(env, "not-equal");
  }
  const WaitResult result =
      WaitOnWord(word, expected, static_cast<uint64_t>(timeout_ms * kNsPerMs));
  return Napi::String::New(env,
                           result == WaitResult::kTimeout ? "timed-out" : "ok");
}

Napi::Value SharedMemoryWrap::Notify(const Napi::CallbackInfo& info) {
  std::atomic<uint32_t>* const word = WordAt(info[0]);
  const int count = info[1].As<Napi::Number>().Int32Value();
  return Napi::Number::New(info.Env(),
                           word == nullptr ? 0 : WakeOnWord(word, count));
}

void SharedMemoryWrap::Close(const Napi::CallbackInfo& /*info*/) {
  parcel_.memory.Close();
  if (bytes_->data() == nullptr) return;
  // Kept for ever otherwise: shared pages must not go back to an allocator.
  if (bytes_->Close()) Unref();
}

std::atomic<uint32_t>* SharedMemoryWrap::WordAt(
    const Napi::Value& index) const {
  const auto at = static_cast<uint64_t>(index.As<Napi::Number>().Int64Value());
  if (at >= bytes_->size() / sizeof(uint32_t)) return nullptr;
  return reinterpret_cast<std::atomic<uint32_t>*>(bytes_->data()) + at;
}

}  // namespace ringwire
