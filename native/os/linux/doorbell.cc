#include "os/doorbell.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace ringwire {

// An epoll instance with edge-triggered eventfds in it. Each write to one of
// these puts it on the instance's list, which makes the instance readable, and
// epoll_wait takes it off again: nothing is ever read from the eventfd itself,
// so neither its counter nor its flags matter to whom it wakes.

bool Doorbell::Create(Doorbell* doorbell, SystemError* error) {
  Handle handle(epoll_create1(EPOLL_CLOEXEC));
  if (!handle.valid()) return Fail("epoll_create1", error);
  *doorbell = Adopt(std::move(handle));
  return true;
}

Doorbell Doorbell::Adopt(Handle handle) {
  Doorbell doorbell;
  doorbell.state_.handle = std::move(handle);
  return doorbell;
}

Handle Doorbell::Release() { return std::move(state_.handle); }

bool Doorbell::NewButton(Button* button, SystemError* error) {
  Handle handle(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!handle.valid()) return Fail("eventfd", error);
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;
  if (epoll_ctl(state_.handle.get(), EPOLL_CTL_ADD, handle.get(), &event) !=
      0) {
    return Fail("epoll_ctl", error);
  }
  *button = Button::Adopt(std::move(handle));
  return true;
}

void Doorbell::Drain() {
  epoll_event events[kMostButtons];
  epoll_wait(state_.handle.get(), events, kMostButtons, 0);
}

Waitable Doorbell::waitable() const { return state_.handle.get(); }

}  // namespace ringwire
