#include "os/button.h"

#include "os/windows/win32.h"

namespace ringwire {

void Button::Press() {
  // Fails only where it is no button, or none any more.
  if (handle_.valid()) SetEvent(handle_.get());
}

}  // namespace ringwire
