#ifndef RINGWIRE_ADDON_RESTING_LOOP_H_
#define RINGWIRE_ADDON_RESTING_LOOP_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "addon/ui_loop.h"

namespace ringwire {

// What the UI loops of all systems have in common: watches that rest in a
// nested loop, and how such a loop is told from the outermost one. Stacks grow
// down, so a loop within a loop iterates from a lower frame of the stack.
class RestingLoop : public UiLoop,
                    public std::enable_shared_from_this<RestingLoop> {
 public:
  void Resume() override;

 protected:
  class RestingWatch : public LoopWatch {
   public:
    ~RestingWatch() override { loop_->Forget(this); }
    RestingWatch(const RestingWatch&) = delete;
    RestingWatch& operator=(const RestingWatch&) = delete;

    // Electron does not end when its last handle is gone, so there is nothing
    // to count.
    void Ref() override {}
    void Unref() override {}

    // After a rest. `leave` allows one callback in a nested loop.
    void GoOn(bool leave);

   protected:
    RestingWatch(std::shared_ptr<RestingLoop> loop, Callback callback,
                 void* data)
        : loop_(std::move(loop)), callback_(callback), data_(data) {}

    // From the loop: what is watched is ready. May destroy the watch.
    void OnReady();

    // Between them the watch rests.
    virtual void Detach() = 0;
    virtual void Attach() = 0;

   private:
    const std::shared_ptr<RestingLoop> loop_;
    const Callback callback_;
    void* const data_;
    uint64_t leave_until_ = 0;  // iteration of the outermost loop
  };

  // `slack`: by how many bytes the frames of one loop may differ.
  RestingLoop(const Listener& listener, uintptr_t slack)
      : UiLoop(listener), slack_(slack) {}

  // Before each iteration of a loop, or in it, with the frame it comes from.
  void BeginIteration(uintptr_t frame);
  // Whether a frame belongs to a loop further down the stack.
  [[nodiscard]] bool IsWithin(uintptr_t frame, uintptr_t outer) const {
    return frame < outer && outer - frame > slack_;
  }
  [[nodiscard]] uintptr_t frame() const { return frame_; }

  // Around the callback of a watch: returns, and is given back, what was so
  // before.
  virtual uintptr_t EnterWatch() = 0;
  virtual void LeaveWatch(uintptr_t outer) = 0;

 private:
  void Rest(RestingWatch* watch);
  void Forget(RestingWatch* watch);
  void GoOn(bool leave);

  const uintptr_t slack_;
  std::vector<RestingWatch*> resting_;
  bool asked_ = false;             // on_rest was called, Resume() not yet
  uintptr_t frame_ = 0;            // of the last iteration
  uintptr_t outermost_frame_ = 0;  // the highest ever seen
  uint64_t outermost_count_ = 0;   // iterations of the outermost loop
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_RESTING_LOOP_H_
