#ifndef RINGWIRE_ADDON_UV_SOURCE_H_
#define RINGWIRE_ADDON_UV_SOURCE_H_

#include <node_api.h>
#include <uv.h>

#include <memory>

#include "addon/loop_watch.h"

namespace ringwire {

// What makes libuv's loop call back: the part of a watch that may outlive its
// owner. libuv frees a handle only once its close callback has run. At its end
// the environment waits for that, through the asynchronous clean-up hook.
// Deletes itself. Belongs to the environment's thread.
class UvSource {
 public:
  UvSource(const UvSource&) = delete;
  UvSource& operator=(const UvSource&) = delete;

  // Once: begins to watch. False on failure; then Close() is all that is left.
  [[nodiscard]] bool Open(SystemError* error);
  // By its owner: there is no further callback, and what is watched may be
  // closed.
  void Close();
  // Whether it keeps the loop alive; it does at first.
  void Ref() { uv_ref(again()); }
  void Unref() { uv_unref(again()); }

 protected:
  UvSource(napi_env env, LoopWatch::Callback callback, void* data)
      : env_(env), callback_(callback), data_(data) {}
  virtual ~UvSource() = default;

  // Begins to watch. Returns 0 or libuv's error, of the call that it names.
  virtual int Start(uv_loop_t* loop, const char** call) = 0;
  // Ends it for good. Idempotent, and called before any handle is closed.
  virtual void Stop() = 0;
  // After a callback: what is ready, or becomes so, has to call back again.
  virtual void GoOn() {}

  // A further handle, which was opened and is to be closed with this. It does
  // not keep the loop alive by itself.
  void Own(uv_handle_t* handle);
  // Back to the source whose handle this is.
  static UvSource* Of(uv_handle_t* handle) {
    return static_cast<UvSource*>(handle->data);
  }
  // Makes the loop call CallBack(), as soon as it can. Any thread, between
  // Start() and Stop().
  void CallSoon() { uv_async_send(&again_); }
  // On the loop's thread.
  void CallBack();

 private:
  static void OnEnvironmentEnd(napi_async_cleanup_hook_handle hook, void* data);
  static void OnClosed(uv_handle_t* handle);
  uv_handle_t* again() { return reinterpret_cast<uv_handle_t*>(&again_); }
  void CloseHandles();
  void DeleteIfDone();

  napi_env env_;
  uv_async_t again_{};
  uv_handle_t* more_ = nullptr;  // see Own()
  int open_handles_ = 0;
  napi_async_cleanup_hook_handle hook_ = nullptr;
  LoopWatch::Callback callback_;
  void* data_;
  int barred_ = 0;  // times in a row
  bool closing_ = false;
  bool owned_ = true;
};

// Opens a source, and a watch that owns it. Null on failure.
std::unique_ptr<LoopWatch> WatchBy(UvSource* source, SystemError* error);

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_UV_SOURCE_H_
