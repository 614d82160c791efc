#include "addon/windows/signal_wait.h"

#include <utility>

namespace ringwire {

bool SignalWait::Start(Waitable waitable, Callback callback, void* data) {
  callback_ = callback;
  data_ = data;
  const NativeHandle handles[] = {waitable.first, waitable.second};
  for (int i = 0; i < 2; ++i) {
    if (handles[i] == kNoHandle) continue;
    Wait& each = waits_[i];
    each.handle = handles[i];
    each.owner = this;
    each.wait = CreateThreadpoolWait(OnSignal, &each, nullptr);
    if (each.wait == nullptr) return false;
    SetThreadpoolWait(each.wait, each.handle, nullptr);
  }
  return true;
}

void SignalWait::GoOn() {
  for (Wait& each : waits_) {
    if (each.wait == nullptr || !each.over.exchange(false)) continue;
    SetThreadpoolWait(each.wait, each.handle, nullptr);
  }
}

void SignalWait::Stop() {
  stopping_ = true;
  for (Wait& each : waits_) {
    if (each.wait == nullptr) continue;
    SetThreadpoolWait(each.wait, nullptr, nullptr);
    WaitForThreadpoolWaitCallbacks(each.wait, TRUE);
    CloseThreadpoolWait(std::exchange(each.wait, nullptr));
  }
}

void CALLBACK SignalWait::OnSignal(PTP_CALLBACK_INSTANCE /*instance*/,
                                   void* data, PTP_WAIT /*wait*/,
                                   TP_WAIT_RESULT /*result*/) {
  auto* self = static_cast<Wait*>(data);
  self->over = true;
  self->owner->callback_(self->owner->data_);
}

}  // namespace ringwire
