#include "addon/resting_loop.h"

#include <algorithm>
#include <utility>

namespace ringwire {

void RestingLoop::RestingWatch::GoOn(bool leave) {
  if (leave) leave_until_ = loop_->outermost_count_ + 1;
  Attach();
}

void RestingLoop::RestingWatch::OnReady() {
  // The callback may destroy the watch.
  const std::shared_ptr<RestingLoop> loop = loop_;
  const bool leave = std::exchange(leave_until_, 0) > loop->outermost_count_;
  if (loop->nested() && !leave) {
    Detach();
    loop->Rest(this);
    return;
  }
  const uintptr_t outer = loop->EnterWatch();
  callback_(data_);
  loop->LeaveWatch(outer);
}

void RestingLoop::BeginIteration(uintptr_t frame) {
  outermost_frame_ = std::max(outermost_frame_, frame);
  const bool entered = IsWithin(frame, std::exchange(frame_, frame));
  const bool was_nested =
      std::exchange(nested_, IsWithin(frame, outermost_frame_));
  if (nested_) {
    if (entered && listener_.data != nullptr) {
      listener_.on_nested(listener_.data);
    }
    return;
  }
  ++outermost_count_;
  GoOn(false);
  if (was_nested && listener_.data != nullptr) {
    listener_.on_outermost(listener_.data);
  }
}

void RestingLoop::Rest(RestingWatch* watch) {
  resting_.push_back(watch);
  if (asked_ || listener_.data == nullptr) return;
  asked_ = true;
  listener_.on_rest(listener_.data);
}

void RestingLoop::Forget(RestingWatch* watch) {
  resting_.erase(std::remove(resting_.begin(), resting_.end(), watch),
                 resting_.end());
}

void RestingLoop::Resume() {
  asked_ = false;
  GoOn(true);
}

void RestingLoop::GoOn(bool leave) {
  for (RestingWatch* const watch : std::exchange(resting_, {}))
    watch->GoOn(leave);
}

}  // namespace ringwire
