#ifndef RINGWIRE_ADDON_CONNECTING_WRAP_H_
#define RINGWIRE_ADDON_CONNECTING_WRAP_H_

#include <napi.h>

#include <memory>

#include "addon/loop_watch.h"
#include "link/handshake.h"

namespace ringwire {

// Why a handshake failed: a status number, or the error of a system call.
Napi::Value FailureOf(Napi::Env env, const ConnectorHandshake& handshake);

// JavaScript's `NativeConnecting`: one attempt to connect, driven by the event
// loop. Keeps itself and `done` alive until the attempt is over. `done` is
// called once, from the event loop, unless cancel() came first.
class ConnectingWrap : public Napi::ObjectWrap<ConnectingWrap> {
 public:
  static Napi::Function Define(Napi::Env env);
  // `handshake` has not failed.
  static Napi::Object Create(Napi::Env env,
                             std::unique_ptr<ConnectorHandshake> handshake,
                             const Napi::Function& done);

  explicit ConnectingWrap(const Napi::CallbackInfo& info);

 private:
  void Cancel(const Napi::CallbackInfo& info);
  void OnReadable();
  void Release();

  std::unique_ptr<ConnectorHandshake> handshake_;
  std::unique_ptr<LoopWatch> watch_;
  Napi::FunctionReference done_;
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_CONNECTING_WRAP_H_
