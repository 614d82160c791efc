#include "os/button.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace ringwire {

bool Button::Create(Button* button, SystemError* error) {
  Handle handle(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!handle.valid()) return Fail("eventfd", error);
  *button = Button(std::move(handle));
  return true;
}

void Button::Press() {
  const uint64_t one = 1;
  // Nobody reads the counter: it takes centuries to fill.
  [[maybe_unused]] const ssize_t written =
      write(handle_.get(), &one, sizeof(one));
}

}  // namespace ringwire
