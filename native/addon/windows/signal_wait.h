#ifndef RINGWIRE_ADDON_WINDOWS_SIGNAL_WAIT_H_
#define RINGWIRE_ADDON_WINDOWS_SIGNAL_WAIT_H_

#include <atomic>

#include "os/native.h"
#include "os/windows/win32.h"

namespace ringwire {

// Threads of the system's pool that wait until something is signalled. Owns
// the waits, not what they wait for. One thread, but for the callback.
class SignalWait {
 public:
  // On a thread of the pool: it may only tell another thread.
  using Callback = void (*)(void* data);

  SignalWait() = default;
  ~SignalWait() { Stop(); }
  SignalWait(const SignalWait&) = delete;
  SignalWait& operator=(const SignalWait&) = delete;

  // Once. False: the system has nothing left to wait with.
  [[nodiscard]] bool Start(Waitable waitable, Callback callback, void* data);
  // Waits anew for what has called back. It calls back again when it is, or
  // becomes, signalled.
  void GoOn();
  // There is no callback any more when this returns. Idempotent.
  void Stop();
  // For a callback that takes long: somebody waits for its end.
  [[nodiscard]] bool stopping() const { return stopping_; }

 private:
  struct Wait {
    PTP_WAIT wait = nullptr;
    NativeHandle handle = kNoHandle;
    std::atomic<bool> over{false};  // since it was set
    SignalWait* owner = nullptr;
  };

  static void CALLBACK OnSignal(PTP_CALLBACK_INSTANCE instance, void* data,
                                PTP_WAIT wait, TP_WAIT_RESULT result);

  Wait waits_[2];
  Callback callback_ = nullptr;
  void* data_ = nullptr;
  std::atomic<bool> stopping_{false};
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_WINDOWS_SIGNAL_WAIT_H_
