#include "addon/loop_watch.h"

#include <sys/event.h>
#include <uv.h>

#include <utility>

#include "addon/posix/uv_poll.h"
#include "os/handle.h"
#include "os/macos/descriptor.h"

namespace ringwire {
namespace {

// Waits for the end of a socket. libuv registers nothing for UV_DISCONNECT
// alone, and with UV_READABLE anything unread would keep the loop busy. So
// libuv watches a kqueue, in which each change of the socket counts once.
class HangUpWatch final : public LoopWatch {
 public:
  HangUpWatch(Callback callback, void* data)
      : callback_(callback), data_(data) {}
  HangUpWatch(const HangUpWatch&) = delete;
  HangUpWatch& operator=(const HangUpWatch&) = delete;

  bool Begin(napi_env env, int descriptor, SystemError* error) {
    queue_ = Handle(kqueue());
    if (!queue_.valid()) return Fail("kqueue", error);
    if (!CloseOnExec(queue_)) return Fail("fcntl(F_SETFD)", error);
    struct kevent change{};
    EV_SET(&change, descriptor, EVFILT_READ, EV_ADD | EV_CLEAR, 0, 0, nullptr);
    if (kevent(queue_.get(), &change, 1, nullptr, 0, nullptr) != 0) {
      return Fail("kevent", error);
    }
    poll_ = PollWithUv(env, queue_.get(), UV_READABLE, OnChange, this, error);
    return poll_ != nullptr;
  }

  void Ref() override { poll_->Ref(); }
  void Unref() override { poll_->Unref(); }

 private:
  static void OnChange(void* data) {
    auto* self = static_cast<HangUpWatch*>(data);
    struct kevent change{};
    const timespec now{};
    // Something has come, or the peer has hung up: the callback looks. It may
    // destroy the watch.
    kevent(self->queue_.get(), nullptr, 0, &change, 1, &now);
    self->callback_(self->data_);
  }

  const Callback callback_;
  void* const data_;
  Handle queue_;
  std::unique_ptr<LoopWatch> poll_;  // ends before the queue
};

}  // namespace

std::unique_ptr<LoopWatch> WatchWithUv(napi_env env, Waitable waitable,
                                       WatchFor what,
                                       LoopWatch::Callback callback, void* data,
                                       SystemError* error) {
  if (what == WatchFor::kReadable) {
    return PollWithUv(env, waitable, UV_READABLE, callback, data, error);
  }
  auto watch = std::make_unique<HangUpWatch>(callback, data);
  if (!watch->Begin(env, waitable, error)) return nullptr;
  return watch;
}

}  // namespace ringwire
