#include "os/button.h"

#include <unistd.h>

#include <cstdint>

namespace ringwire {

void Button::Press() {
  const uint64_t one = 1;
  // Nobody reads the counter: it takes centuries to fill.
  [[maybe_unused]] const ssize_t written =
      write(handle_.get(), &one, sizeof(one));
}

}  // namespace ringwire
