#include "addon/ui_loop.h"

#include <map>
#include <memory>
#include <utility>

#include "addon/resting_loop.h"
#include "addon/windows/signal_wait.h"
#include "link/spin.h"
#include "os/windows/win32.h"

namespace ringwire {
namespace {

// Messages to the window of a loop.
constexpr UINT kReady = WM_APP;      // of the watch whose number comes with it
constexpr UINT kProbe = WM_APP + 1;  // shows which loop takes it
constexpr UINT_PTR kTimer = 1;
constexpr UINT kTimerMs = 20;

// How far apart frames of Chromium's outermost loop may be: it takes messages
// in two places, of which one calls the other. A nested loop is below several
// calls of window procedures.
constexpr uintptr_t kSlack = 1024;

const wchar_t kClassName[] = L"ringwire-loop";

// Chromium's UI thread runs a loop of window messages on Windows, and so does
// every nested one: a message to a window of ours reaches that thread whichever
// loop runs. A thread of the system's pool waits, and posts it.
class MessageLoop final : public RestingLoop {
 public:
  // Null where no window can be made.
  static std::shared_ptr<MessageLoop> Open(const Listener& listener);

  explicit MessageLoop(const Listener& listener)
      : RestingLoop(listener, kSlack) {}
  ~MessageLoop() override;
  MessageLoop(const MessageLoop&) = delete;
  MessageLoop& operator=(const MessageLoop&) = delete;

  std::unique_ptr<LoopWatch> Watch(Waitable waitable, WatchFor what,
                                   LoopWatch::Callback callback, void* data,
                                   SystemError* error) override;
  [[nodiscard]] bool in_watch() const override;
  void Iterate(bool (*is_done)(void* data), void* data,
               uint64_t deadline) override;

 private:
  class SignalWatch;

  static LRESULT CALLBACK OnMessage(HWND window, UINT message, WPARAM number,
                                    LPARAM more);
  void Take(UINT message, WPARAM number, uintptr_t frame);
  uintptr_t EnterWatch() override;
  void LeaveWatch(uintptr_t outer) override { watch_frame_ = outer; }

  HWND window_ = nullptr;
  std::map<WPARAM, SignalWatch*> watches_;
  WPARAM last_number_ = 0;
  uintptr_t watch_frame_ = 0;  // of the innermost watch; 0: none
  bool probing_ = false;       // a kProbe is under way
  bool timing_ = false;        // a timer tells when a nested loop has ended
};

// What is signalled in a MessageLoop.
class MessageLoop::SignalWatch final : public RestingLoop::RestingWatch {
 public:
  SignalWatch(std::shared_ptr<MessageLoop> loop, WPARAM number,
              Callback callback, void* data)
      : RestingLoop::RestingWatch(loop, callback, data),
        loop_(std::move(loop)),
        number_(number) {
    loop_->watches_[number_] = this;
  }
  ~SignalWatch() override {
    wait_.Stop();
    loop_->watches_.erase(number_);
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  bool Start(Waitable waitable) {
    const auto post = [](void* self) {
      static_cast<SignalWatch*>(self)->Attach();
    };
    return wait_.Start(waitable, post, this);
  }

  // Its message came.
  void Take() {
    const std::shared_ptr<MessageLoop> loop = loop_;
    const WPARAM number = number_;
    resting_ = false;
    OnReady();
    const auto found = loop->watches_.find(number);
    if (found == loop->watches_.end()) return;
    SignalWatch* const self = found->second;
    // While it rests, it goes on by itself.
    if (!self->resting_) self->wait_.GoOn();
  }

 private:
  // Any thread. A queue holds 10 000 messages, of which each watch has one; a
  // full one is that of a thread that hangs.
  void Attach() override {
    while (!PostMessageW(loop_->window_, kReady, number_, 0) &&
           GetLastError() == ERROR_NOT_ENOUGH_QUOTA && !wait_.stopping()) {
      Sleep(1);
    }
  }
  void Detach() override { resting_ = true; }

  const std::shared_ptr<MessageLoop> loop_;
  const WPARAM number_;
  bool resting_ = false;
  SignalWait wait_;
};

std::shared_ptr<MessageLoop> MessageLoop::Open(const Listener& listener) {
  HMODULE addon = nullptr;
  if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT |
                              GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                          kClassName, &addon)) {
    return nullptr;
  }
  WNDCLASSEXW known{};
  known.cbSize = sizeof(known);
  known.lpfnWndProc = OnMessage;
  known.hInstance = addon;
  known.lpszClassName = kClassName;
  // Another environment of this process may have registered it.
  if (RegisterClassExW(&known) == 0 &&
      GetLastError() != ERROR_CLASS_ALREADY_EXISTS) {
    return nullptr;
  }
  auto loop = std::make_shared<MessageLoop>(listener);
  loop->window_ = CreateWindowExW(0, kClassName, L"", 0, 0, 0, 0, 0,
                                  HWND_MESSAGE, nullptr, addon, nullptr);
  if (loop->window_ == nullptr) return nullptr;
  SetWindowLongPtrW(loop->window_, GWLP_USERDATA,
                    reinterpret_cast<LONG_PTR>(loop.get()));
  return loop;
}

MessageLoop::~MessageLoop() {
  // What is still in the queue goes with it.
  if (window_ != nullptr) DestroyWindow(window_);
}

std::unique_ptr<LoopWatch> MessageLoop::Watch(Waitable waitable,
                                              WatchFor /*what*/,
                                              LoopWatch::Callback callback,
                                              void* data, SystemError* error) {
  auto self = std::static_pointer_cast<MessageLoop>(shared_from_this());
  auto watch = std::make_unique<SignalWatch>(std::move(self), ++last_number_,
                                             callback, data);
  if (!watch->Start(waitable)) {
    Fail("CreateThreadpoolWait", error);
    return nullptr;
  }
  return watch;
}

LRESULT CALLBACK MessageLoop::OnMessage(HWND window, UINT message,
                                        WPARAM number, LPARAM more) {
  auto* const self =
      reinterpret_cast<MessageLoop*>(GetWindowLongPtrW(window, GWLP_USERDATA));
  if (self == nullptr ||
      (message != kReady && message != kProbe && message != WM_TIMER)) {
    return DefWindowProcW(window, message, number, more);
  }
  // A callback may let go of the loop.
  const std::shared_ptr<RestingLoop> keep_alive = self->shared_from_this();
  self->Take(message, number,
             reinterpret_cast<uintptr_t>(__builtin_frame_address(0)));
  return 0;
}

void MessageLoop::Take(UINT message, WPARAM number, uintptr_t frame) {
  if (message == kProbe) probing_ = false;
  BeginIteration(frame);
  // Nothing of ours comes from the outermost loop when a nested one has ended.
  if (nested() != timing_) {
    timing_ = nested();
    if (timing_) {
      SetTimer(window_, kTimer, kTimerMs, nullptr);
    } else {
      KillTimer(window_, kTimer);
    }
  }
  if (message != kReady) return;
  const auto found = watches_.find(number);
  if (found != watches_.end()) found->second->Take();
}

uintptr_t MessageLoop::EnterWatch() {
  // If the callback runs a loop, that loop takes it, and is known.
  if (!probing_) probing_ = PostMessageW(window_, kProbe, 0, 0) != 0;
  return std::exchange(watch_frame_, frame());
}

bool MessageLoop::in_watch() const {
  if (watch_frame_ == 0) return false;
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  // A loop that runs in the watch has taken messages, and called this.
  return !(IsWithin(frame(), watch_frame_) && here < frame());
}

void MessageLoop::Iterate(bool (*is_done)(void* data), void* data,
                          uint64_t deadline) {
  while (!is_done(data)) {
    const uint64_t now = Now();
    if (now >= deadline) return;
    MSG message;
    if (!PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) {
      MsgWaitForMultipleObjectsEx(0, nullptr, ToMilliseconds(deadline - now),
                                  QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    } else if (message.message == WM_QUIT) {
      // For the outermost loop.
      PostQuitMessage(static_cast<int>(message.wParam));
      return;
    } else {
      TranslateMessage(&message);
      DispatchMessageW(&message);
    }
  }
}

}  // namespace

std::shared_ptr<UiLoop> UiLoop::Open(const Listener& listener) {
  return MessageLoop::Open(listener);
}

}  // namespace ringwire
