#ifndef RINGWIRE_ADDON_ENVIRONMENT_H_
#define RINGWIRE_ADDON_ENVIRONMENT_H_

#include <napi.h>

#include <memory>

#include "addon/link_table.h"
#include "addon/loop_watch.h"
#include "addon/ui_loop.h"
#include "link/link.h"
#include "os/system_error.h"

namespace ringwire {

// What the addon keeps for one JavaScript environment (a process's main
// thread, a frame, a worker). Owned by the environment as instance data;
// nothing of the addon is shared between environments.
struct Environment {
  ~Environment();
  static Environment* Get(napi_env env);

  // Ties later watches to the UI thread's loop. False where there is none.
  bool UseUiLoop();

  // Whether a nested loop runs, so that JavaScript may wait below.
  [[nodiscard]] bool InNestedLoop() const {
    return ui_loop != nullptr && ui_loop->nested();
  }

  // Ties something to this environment's event loop; null on failure.
  std::unique_ptr<LoopWatch> Watch(napi_env env, Waitable waitable,
                                   WatchFor what, LoopWatch::Callback callback,
                                   void* data, SystemError* error) const;

  Napi::FunctionReference link_class;
  Napi::FunctionReference listener_class;
  Napi::FunctionReference connecting_class;
  Napi::FunctionReference shared_memory_class;
  // The intrinsic, taken when the addon was loaded: constructing it throws
  // when there is no memory, where napi_create_arraybuffer ends the process.
  Napi::FunctionReference array_buffer;
  // JavaScript's own function that does nothing; see AccessToJs().
  Napi::FunctionReference nothing;
  // Null where libuv is the loop.
  std::shared_ptr<UiLoop> ui_loop;
  // What UseUiLoop() needs, named as in lib/core/native.ts.
  Napi::FunctionReference ask_for_task;
  Napi::FunctionReference nested_changed;
  LinkTuning tuning;
  std::shared_ptr<LinkTable> links = std::make_shared<LinkTable>();
};

// An error with the call as `syscall`, and with Node's own `errno`.
Napi::Error SystemErrorOf(Napi::Env env, const SystemError& error);
// Throws it.
void ThrowSystemError(Napi::Env env, const SystemError& error);

// Whether this environment ends, or its JavaScript is being terminated. For
// code that JavaScript waits for.
bool IsEnding(napi_env env);

// Whether JavaScript can be entered from the event loop.
enum class JsAccess {
  kOpen,
  // Another environment of this thread ends, and Node runs the loop that they
  // share. Until that is over no environment may run JavaScript.
  kBarred,
  // This environment ends.
  kEnded,
};
JsAccess AccessToJs(napi_env env);

// Enters JavaScript from the event loop, as Node does for its own events:
// process.nextTick callbacks and microtasks run before it returns. An
// exception ends in 'uncaughtException'. Needs an open handle scope; returns
// the result, or null after an exception.
napi_value CallIntoJs(napi_env env, napi_value receiver, napi_value function,
                      std::initializer_list<napi_value> arguments);

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_ENVIRONMENT_H_
