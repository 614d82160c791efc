#ifndef RINGWIRE_ADDON_UI_LOOP_H_
#define RINGWIRE_ADDON_UI_LOOP_H_

#include <cstdint>
#include <memory>

#include "addon/loop_watch.h"

namespace ringwire {

// The loop of Chromium's UI thread, where Electron's main process has one that
// libuv's is only a guest of. To be woken by it costs half as much as by
// libuv's.
//
// A task of Chromium may run a nested loop: for a drag, during which Chromium
// runs other tasks and delivers Electron's messages, or for a modal dialog,
// during which it does not. A loop cannot tell the two apart. So in a nested
// loop a watch rests, and asks for a task. If that task runs, it calls
// Resume(), which lets the watch call back once. In the outermost loop all
// watches go on by themselves.
//
// Belongs to the UI thread; its watches share it.
class UiLoop {
 public:
  struct Listener {
    // A watch rests: let a task call Resume(). Called once until that happens.
    void (*on_rest)(void* data);
    // The first iteration of a nested loop begins.
    void (*on_nested)(void* data);
    // The first iteration of the outermost loop after a nested one begins.
    void (*on_outermost)(void* data);
    void* data;
  };

  // Null where this process has no such loop. Each system has its own; see
  // addon/linux/ui_loop.cc.
  static std::shared_ptr<UiLoop> Open(const Listener& listener);

  virtual ~UiLoop() = default;
  UiLoop(const UiLoop&) = delete;
  UiLoop& operator=(const UiLoop&) = delete;

  // Null on failure.
  virtual std::unique_ptr<LoopWatch> Watch(Waitable waitable, WatchFor what,
                                           LoopWatch::Callback callback,
                                           void* data, SystemError* error) = 0;

  // To be called from a task: watches that rest go on.
  virtual void Resume() = 0;

  // Whether what runs now was called by a watch, not by a task.
  [[nodiscard]] virtual bool in_watch() const = 0;

  // Runs a nested loop until `is_done`, asked after each iteration, or the
  // deadline (ns, monotonic).
  virtual void Iterate(bool (*is_done)(void* data), void* data,
                       uint64_t deadline) = 0;

  // The listener is not called any more.
  void Detach() { listener_ = {}; }

  // Whether what runs now was called by a loop within a loop.
  [[nodiscard]] bool nested() const { return nested_; }

 protected:
  explicit UiLoop(const Listener& listener) : listener_(listener) {}

  Listener listener_;
  bool nested_ = false;  // of the last iteration
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_UI_LOOP_H_
