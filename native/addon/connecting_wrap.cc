#include "addon/connecting_wrap.h"

#include <utility>

#include "addon/environment.h"
#include "addon/link_wrap.h"

namespace ringwire {

Napi::Value FailureOf(Napi::Env env, const ConnectorHandshake& handshake) {
  if (handshake.status() == Status::kSystem) {
    return SystemErrorOf(env, handshake.error()).Value();
  }
  return Napi::Number::New(env, static_cast<int32_t>(handshake.status()));
}

Napi::Function ConnectingWrap::Define(Napi::Env env) {
  return DefineClass(env, "NativeConnecting",
                     {InstanceMethod("cancel", &ConnectingWrap::Cancel)});
}

Napi::Object ConnectingWrap::Create(
    Napi::Env env, std::unique_ptr<ConnectorHandshake> handshake,
    const Napi::Function& done) {
  return Environment::Get(env)->connecting_class.New(
      {Napi::External<std::unique_ptr<ConnectorHandshake>>::New(env,
                                                                &handshake),
       done});
}

ConnectingWrap::ConnectingWrap(const Napi::CallbackInfo& info)
    : ObjectWrap(info) {
  const Napi::Env env = info.Env();
  if (info.Length() != 2 || !info[0].IsExternal()) {
    Napi::TypeError::New(env, "NativeConnecting is made by connect")
        .ThrowAsJavaScriptException();
    return;
  }
  handshake_ =
      std::move(*info[0]
                     .As<Napi::External<std::unique_ptr<ConnectorHandshake>>>()
                     .Data());
  done_ = Napi::Persistent(info[1].As<Napi::Function>());
  SystemError error{};
  watch_ = Environment::Get(env)->Watch(
      env, handshake_->waitable(), WatchFor::kReadable,
      [](void* self) { static_cast<ConnectingWrap*>(self)->OnReadable(); },
      this, &error);
  if (watch_ == nullptr) {
    ThrowSystemError(env, error);
    return;
  }
  Ref();
}

void ConnectingWrap::Cancel(const Napi::CallbackInfo& /*info*/) { Release(); }

void ConnectingWrap::OnReadable() {
  const HandshakeStep step = handshake_->Advance();
  if (step == HandshakeStep::kWait) return;
  const Napi::Env env = Env();
  const Napi::HandleScope scope(env);
  const Napi::Object self = Value();
  const Napi::Function done = done_.Value();
  // The watch ends before the link starts its own on the same socket.
  watch_.reset();
  napi_value result = nullptr;
  if (step == HandshakeStep::kDone) {
    result = LinkWrap::Create(env, handshake_->TakeParts());
  } else {
    result = FailureOf(env, *handshake_);
  }
  Release();
  CallIntoJs(env, self, done, {result});
}

void ConnectingWrap::Release() {
  if (handshake_ == nullptr) return;
  watch_.reset();
  handshake_.reset();
  // It holds the callbacks of this attempt, and through them our own object.
  done_.Reset();
  Unref();
}

}  // namespace ringwire
