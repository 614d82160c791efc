#include "addon/environment.h"

#include <uv.h>

#include <optional>
#include <string>
#include <system_error>

#include "addon/link_wrap.h"

namespace ringwire {

Environment* Environment::Get(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return static_cast<Environment*>(data);
}

namespace {

// Not by MakeCallback: ticks and microtasks must not run in the loop of another
// environment.
void CallQuietly(const Napi::FunctionReference& function,
                 std::optional<bool> argument) {
  const Napi::Env env = function.Env();
  if (AccessToJs(env) != JsAccess::kOpen) return;
  const Napi::HandleScope scope(env);
  napi_value value = nullptr;
  if (argument) napi_get_boolean(env, *argument, &value);
  napi_value result = nullptr;
  napi_call_function(env, env.Global(), function.Value(), argument ? 1 : 0,
                     &value, &result);
}

}  // namespace

Environment::~Environment() {
  // Wraps that end later have watches that share the loop.
  if (ui_loop != nullptr) ui_loop->Detach();
}

bool Environment::UseUiLoop() {
  if (ui_loop != nullptr) return true;
  ui_loop = UiLoop::Open({
      [](void* self) {
        const auto* environment = static_cast<Environment*>(self);
        CallQuietly(environment->ask_for_task, std::nullopt);
      },
      [](void* self) {
        const auto* environment = static_cast<Environment*>(self);
        environment->links->ForEach(
            [](LinkWrap* wrap) { wrap->OnNestedLoop(); });
        CallQuietly(environment->nested_changed, true);
      },
      [](void* self) {
        const auto* environment = static_cast<Environment*>(self);
        CallQuietly(environment->nested_changed, false);
      },
      this,
  });
  return ui_loop != nullptr;
}

std::unique_ptr<LoopWatch> Environment::Watch(napi_env env, Waitable waitable,
                                              WatchFor what,
                                              LoopWatch::Callback callback,
                                              void* data,
                                              SystemError* error) const {
  if (ui_loop != nullptr) {
    return ui_loop->Watch(waitable, what, callback, data, error);
  }
  return WatchWithUv(env, waitable, what, callback, data, error);
}

Napi::Error SystemErrorOf(Napi::Env env, const SystemError& error) {
  auto made =
      Napi::Error::New(env, std::string(error.call) + ": " +
                                std::system_category().message(error.code));
  made.Set("syscall", error.call);
  // libuv knows the numbers of each system.
  made.Set("errno", Napi::Number::New(env, uv_translate_sys_error(error.code)));
  return made;
}

void ThrowSystemError(Napi::Env env, const SystemError& error) {
  SystemErrorOf(env, error).ThrowAsJavaScriptException();
}

bool IsEnding(napi_env env) {
  const Napi::HandleScope scope(env);
  napi_value undefined = nullptr;
  bool same = false;
  // The cheapest call that fails when JavaScript may not run.
  return napi_get_undefined(env, &undefined) != napi_ok ||
         napi_strict_equals(env, undefined, undefined, &same) != napi_ok;
}

JsAccess AccessToJs(napi_env env) {
  const Napi::HandleScope scope(env);
  napi_value nothing = Environment::Get(env)->nothing.Value();
  // Only a call shows that V8 refuses all calls, as it does while Node frees an
  // environment. V8 would not refuse a native function, so this is one of
  // JavaScript.
  if (napi_call_function(env, nothing, nothing, 0, nullptr, nullptr) ==
      napi_ok) {
    return JsAccess::kOpen;
  }
  bool thrown = false;
  napi_is_exception_pending(env, &thrown);
  if (!thrown) return JsAccess::kEnded;
  napi_value refusal = nullptr;
  napi_get_and_clear_last_exception(env, &refusal);
  return JsAccess::kBarred;
}

namespace {

napi_value Nothing(napi_env /*env*/, napi_callback_info /*info*/) {
  return nullptr;
}

// After a callback that threw, Node runs ticks and microtasks only with the
// next callback, which would be the next message.
void RunTicks(napi_env env, napi_value receiver) {
  napi_value nothing = nullptr;
  napi_create_function(env, nullptr, 0, &Nothing, nullptr, &nothing);
  napi_make_callback(env, nullptr, receiver, nothing, 0, nullptr, nullptr);
}

}  // namespace

napi_value CallIntoJs(napi_env env, napi_value receiver, napi_value function,
                      std::initializer_list<napi_value> arguments) {
  napi_value result = nullptr;
  const napi_status status =
      napi_make_callback(env, nullptr, receiver, function, arguments.size(),
                         arguments.begin(), &result);
  if (status == napi_ok) return result;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) {
    napi_value exception = nullptr;
    napi_get_and_clear_last_exception(env, &exception);
    napi_fatal_exception(env, exception);
    RunTicks(env, receiver);
  }
  return nullptr;
}

}  // namespace ringwire
