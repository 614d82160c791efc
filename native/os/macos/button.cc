#include "os/button.h"

#include <unistd.h>

namespace ringwire {

// The write end of a pipe. The ends of a pipe have flags of their own, so who
// holds the other one cannot make this one block.
void Button::Press() {
  const char press = 1;
  // A full pipe has been pressed already; one without a reader wakes nobody.
  [[maybe_unused]] const ssize_t written = write(handle_.get(), &press, 1);
}

}  // namespace ringwire
