#include "os/handle.h"

#include "os/windows/win32.h"

namespace ringwire {

void Handle::Close() {
  if (valid()) CloseHandle(std::exchange(native_, kNoHandle));
}

}  // namespace ringwire
