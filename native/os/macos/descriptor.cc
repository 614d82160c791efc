#include "os/macos/descriptor.h"

#include <fcntl.h>

namespace ringwire {

bool CloseOnExec(const Handle& handle) {
  return fcntl(handle.get(), F_SETFD, FD_CLOEXEC) == 0;
}

bool NeverBlock(const Handle& handle) {
  const int flags = fcntl(handle.get(), F_GETFL);
  return flags >= 0 && fcntl(handle.get(), F_SETFL, flags | O_NONBLOCK) == 0;
}

}  // namespace ringwire
