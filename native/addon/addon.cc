#include <napi.h>

#include <algorithm>
#include <string>

#include "addon/connecting_wrap.h"
#include "addon/environment.h"
#include "addon/link_wrap.h"
#include "addon/listener_wrap.h"
#include "addon/shared_memory_wrap.h"
#include "link/handshake.h"
#include "link/spin.h"
#include "os/core.h"
#include "os/process.h"
#include "os/random.h"
#include "ring/layout.h"

// The table of exports. lib/core/native.ts is its other side, and validates
// what users pass. So the checks here only keep memory safe.

namespace ringwire {
namespace {

Token ReadToken(const Napi::Value& value) {
  Token token{};
  const auto bytes = value.As<Napi::Uint8Array>();
  std::copy_n(bytes.Data(), std::min(bytes.ByteLength(), token.size()),
              token.begin());
  return token;
}

// listen(address, options)
Napi::Value Listen(const Napi::CallbackInfo& info) {
  return ListenerWrap::Create(info.Env(), info[0].As<Napi::String>(),
                              info[1].As<Napi::Object>());
}

// connect(address, token, done)
Napi::Value Connect(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::string address = info[0].As<Napi::String>();
  auto handshake =
      std::make_unique<ConnectorHandshake>(address, ReadToken(info[1]));
  // A failure that shows at once is returned at once: there is nothing to
  // watch.
  if (handshake->status() != Status::kOk) {
    return FailureOf(env, *handshake);
  }
  return ConnectingWrap::Create(env, std::move(handshake),
                                info[2].As<Napi::Function>());
}

// connectSync(address, token, timeout)
Napi::Value ConnectSync(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto handshake =
      ConnectWithin(info[0].As<Napi::String>(), ReadToken(info[1]),
                    info[2].As<Napi::Number>().Int32Value());
  if (handshake->status() != Status::kOk) return FailureOf(env, *handshake);
  return LinkWrap::Create(env, handshake->TakeParts());
}

// useUiLoop(askForTask, nestedChanged)
Napi::Value UseUiLoop(const Napi::CallbackInfo& info) {
  Environment* const environment = Environment::Get(info.Env());
  environment->ask_for_task = Napi::Persistent(info[0].As<Napi::Function>());
  environment->nested_changed = Napi::Persistent(info[1].As<Napi::Function>());
  return Napi::Boolean::New(info.Env(), environment->UseUiLoop());
}

void ResumeWatches(const Napi::CallbackInfo& info) {
  const Environment* const environment = Environment::Get(info.Env());
  if (environment->ui_loop != nullptr) environment->ui_loop->Resume();
}

Napi::Value InWatch(const Napi::CallbackInfo& info) {
  const Environment* const environment = Environment::Get(info.Env());
  const auto& loop = environment->ui_loop;
  return Napi::Boolean::New(info.Env(), loop != nullptr && loop->in_watch());
}

// iterate(isDone, timeout)
void Iterate(const Napi::CallbackInfo& info) {
  const Environment* const environment = Environment::Get(info.Env());
  if (environment->ui_loop == nullptr) return;
  auto is_done = info[0].As<Napi::Function>();
  const auto timeout_ms = info[1].As<Napi::Number>().Uint32Value();
  environment->ui_loop->Iterate(
      [](void* function) {
        const auto* is_done = static_cast<const Napi::Function*>(function);
        const Napi::HandleScope scope(is_done->Env());
        const Napi::Value done = is_done->Call({});
        return is_done->Env().IsExceptionPending() || done.ToBoolean().Value();
      },
      &is_done, Now() + timeout_ms * uint64_t{1'000'000});
}

void ReportUncaught(const Napi::CallbackInfo& info) {
  napi_fatal_exception(info.Env(), info[0]);
}

Napi::Value User(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), CurrentUser());
}

// randomBytes(length). Throws a system error.
Napi::Value RandomBytes(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  std::string bytes(info[0].As<Napi::Number>().Uint32Value(), '\0');
  SystemError error;
  if (!FillRandom(bytes.data(), bytes.size(), &error)) {
    ThrowSystemError(env, error);
    return env.Undefined();
  }
  auto array = Napi::Uint8Array::New(env, bytes.size());
  std::copy(bytes.begin(), bytes.end(), array.Data());
  return array;
}

Napi::Object StatusTable(Napi::Env env) {
  const struct {
    const char* name;
    Status status;
  } table[] = {
      {"Ok", Status::kOk},
      {"Closed", Status::kClosed},
      {"PeerGone", Status::kPeerGone},
      {"Corrupt", Status::kCorrupt},
      {"Timeout", Status::kTimeout},
      {"Deadlock", Status::kDeadlock},
      {"QueueFull", Status::kQueueFull},
      {"TooLarge", Status::kTooLarge},
      {"System", Status::kSystem},
      {"NoListener", Status::kNoListener},
      {"Refused", Status::kRefused},
      {"BadToken", Status::kBadToken},
      {"VersionMismatch", Status::kVersionMismatch},
      {"BadHandshake", Status::kBadHandshake},
      {"WrongUser", Status::kWrongUser},
      {"NoMemory", Status::kNoMemory},
      {"Interrupted", Status::kInterrupted},
      {"OverLimit", Status::kOverLimit},
  };
  Napi::Object object = Napi::Object::New(env);
  for (const auto& row : table) {
    object.Set(row.name,
               Napi::Number::New(env, static_cast<int32_t>(row.status)));
  }
  return object;
}

Napi::Object LimitTable(Napi::Env env) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("tokenLength", Napi::Number::New(env, kTokenLength));
  object.Set("headCapacity", Napi::Number::New(env, kHeadCapacity));
  object.Set("minCapacity", Napi::Number::New(env, kMinLinkCapacity));
  object.Set("maxCapacity", Napi::Number::New(env, kMaxCapacity));
  object.Set("maxBodyLength", Napi::Number::New(env, UINT32_MAX));
  object.Set("maxSharedLength",
             Napi::Number::New(env, static_cast<double>(kMaxSharedLength)));
  object.Set("sharedUnit",
             Napi::Number::New(env, static_cast<double>(kSharedUnit)));
  object.Set("protocolVersion", Napi::Number::New(env, kProtocolVersion));
  return object;
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  auto* environment = new Environment;
  env.SetInstanceData(environment);
  environment->array_buffer =
      Napi::Persistent(env.Global().Get("ArrayBuffer").As<Napi::Function>());
  environment->link_class = Napi::Persistent(LinkWrap::Define(env));
  environment->listener_class = Napi::Persistent(ListenerWrap::Define(env));
  environment->connecting_class = Napi::Persistent(ConnectingWrap::Define(env));
  environment->shared_memory_class =
      Napi::Persistent(SharedMemoryWrap::Define(env));
  // The prototype of all functions, even where a page has changed the globals.
  napi_value nothing = nullptr;
  napi_get_prototype(env, environment->link_class.Value(), &nothing);
  environment->nothing = Napi::Persistent(Napi::Function(env, nothing));
  // On a single core the peer cannot answer while we spin.
  if (CoreCount() < 2) environment->tuning = {0, 0};

  // The table of the environment outlives its functions in JavaScript.
  LinkTable* const links = environment->links.get();
  exports.Set("send", Napi::Function::New<LinkWrap::Send>(env, "send", links));
  exports.Set("call", Napi::Function::New<LinkWrap::Call>(env, "call", links));
  exports.Set("sendResult", Napi::Function::New<LinkWrap::SendResult>(
                                env, "sendResult", links));
  exports.Set("reply",
              Napi::Function::New<LinkWrap::Reply>(env, "reply", links));
  exports.Set("next", Napi::Function::New<LinkWrap::Next>(env, "next", links));

  exports.Set("status", StatusTable(env));
  exports.Set("limits", LimitTable(env));
  exports.Set("listen", Napi::Function::New<Listen>(env));
  exports.Set("connect", Napi::Function::New<Connect>(env));
  exports.Set("connectSync", Napi::Function::New<ConnectSync>(env));
  exports.Set("createSharedMemory",
              Napi::Function::New<SharedMemoryWrap::Make>(env));
  exports.Set("currentUser", Napi::Function::New<User>(env));
  exports.Set("randomBytes", Napi::Function::New<RandomBytes>(env));
  exports.Set("useUiLoop", Napi::Function::New<UseUiLoop>(env));
  exports.Set("resumeWatches", Napi::Function::New<ResumeWatches>(env));
  exports.Set("inWatch", Napi::Function::New<InWatch>(env));
  exports.Set("iterate", Napi::Function::New<Iterate>(env));
  exports.Set("reportUncaught", Napi::Function::New<ReportUncaught>(env));
  return exports;
}

}  // namespace

NODE_API_MODULE(ringwire, Init)

}  // namespace ringwire
