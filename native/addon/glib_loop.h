#ifndef RINGWIRE_ADDON_GLIB_LOOP_H_
#define RINGWIRE_ADDON_GLIB_LOOP_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "addon/glib.h"
#include "addon/loop_watch.h"

namespace ringwire {

// On Linux, Chromium's UI thread runs a GLib main loop. A GLib source wakes
// that thread directly; uv_poll would go through another thread of Electron,
// and take twice as long.
//
// A task of Chromium may run a nested loop: for a drag, during which Chromium
// runs other tasks and delivers Electron's messages, or for a modal dialog of
// GTK, during which it does not. GLib cannot tell the two apart. So in a nested
// loop a watch rests, and asks for a task. If that task runs, it calls
// Resume(), which lets the watch call back once. In the outermost loop all
// watches go on by themselves.
//
// The stack shows which loop iterates: the outermost one calls from the same
// address each time, a nested one from further down. (The depth of GLib's
// dispatches does not show it: Chromium also runs tasks between iterations.)
//
// Belongs to the UI thread; its watches share it.
class GlibLoop {
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

  // Null where no GLib is loaded.
  static std::shared_ptr<GlibLoop> Open(const Listener& listener);

  GlibLoop(const Glib& glib, const Listener& listener);
  ~GlibLoop();
  GlibLoop(const GlibLoop&) = delete;
  GlibLoop& operator=(const GlibLoop&) = delete;

  static std::unique_ptr<LoopWatch> Watch(std::shared_ptr<GlibLoop> loop,
                                          int descriptor, WatchFor what,
                                          LoopWatch::Callback callback,
                                          void* data);

  // The listener is not called any more.
  void Detach() { listener_ = {}; }

  // To be called from a task: watches that rest go on.
  void Resume();

  // Whether what runs now was called by a loop within a loop.
  [[nodiscard]] bool nested() const { return nested_; }

  // Whether what runs now was called by a watch, not by a task.
  [[nodiscard]] bool in_watch() const {
    return watch_depth_ != 0 && watch_depth_ == glib_.main_depth();
  }

  // Runs a nested loop until `is_done`, asked after each iteration, or the
  // deadline (ns, monotonic).
  void Iterate(bool (*is_done)(void* data), void* data, uint64_t deadline);

 private:
  class FdWatch;

  void Rest(FdWatch* watch);
  void Forget(FdWatch* watch);
  void GoOn(bool leave);
  // Before each iteration of a loop, called from this frame of the stack.
  // Returns in how many ms the iteration is to end, -1 for never.
  int Prepare(uintptr_t frame);

  const Glib& glib_;
  Listener listener_;
  GSource* source_;
  std::vector<FdWatch*> resting_;
  bool asked_ = false;             // on_rest was called, Resume() not yet
  bool nested_ = false;            // of the last iteration
  uintptr_t frame_ = 0;            // of the last iteration
  uintptr_t outermost_frame_ = 0;  // stacks grow down: the highest ever seen
  uint64_t outermost_count_ = 0;   // iterations of the outermost loop
  int watch_depth_ = 0;    // main_depth() of the innermost watch; 0: none
  uint64_t deadline_ = 0;  // of the innermost Iterate(); 0: none
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_GLIB_LOOP_H_
