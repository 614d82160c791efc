#include "os/handle.h"

#include <unistd.h>

namespace ringwire {

void Handle::Close() {
  if (valid()) close(std::exchange(native_, kNoHandle));
}

}  // namespace ringwire
