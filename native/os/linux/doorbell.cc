#include "os/doorbell.h"

#include <sys/eventfd.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace ringwire {

bool Doorbell::Create(Doorbell* doorbell, SystemError* error) {
  Handle handle(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!handle.valid()) return Fail("eventfd", error);
  doorbell->handle_ = std::move(handle);
  return true;
}

Doorbell Doorbell::Adopt(Handle handle) {
  Doorbell doorbell;
  doorbell.handle_ = std::move(handle);
  return doorbell;
}

void Doorbell::Ring() {
  const uint64_t one = 1;
  // A full counter (EAGAIN) rings already.
  [[maybe_unused]] const ssize_t written =
      write(handle_.get(), &one, sizeof(one));
}

void Doorbell::Drain() {
  uint64_t count = 0;
  const iovec target{&count, sizeof(count)};
  // RWF_NOWAIT instead of trusting O_NONBLOCK: the flag belongs to the open
  // file, which the peer shares and could change.
  [[maybe_unused]] const ssize_t got =
      preadv2(handle_.get(), &target, 1, -1, RWF_NOWAIT);
}

}  // namespace ringwire
