#include "os/doorbell.h"

#include <sys/epoll.h>

namespace ringwire {

// An epoll instance with edge-triggered eventfds in it. Each write to one of
// these puts it on the instance's list, which makes the instance readable, and
// epoll_wait takes it off again: nothing is ever read from the eventfd itself,
// so neither its counter nor its flags matter to whom it wakes.

bool Doorbell::Create(Doorbell* doorbell, SystemError* error) {
  Handle handle(epoll_create1(EPOLL_CLOEXEC));
  if (!handle.valid()) return Fail("epoll_create1", error);
  *doorbell = Doorbell(std::move(handle));
  return true;
}

bool Doorbell::AddButton(const Button& button, SystemError* error) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;
  if (epoll_ctl(handle_.get(), EPOLL_CTL_ADD, button.handle().get(), &event) !=
      0) {
    return Fail("epoll_ctl", error);
  }
  return true;
}

void Doorbell::Drain() {
  epoll_event events[kMostButtons];
  epoll_wait(handle_.get(), events, kMostButtons, 0);
}

}  // namespace ringwire
