#include "os/core.h"

#include <sched.h>

namespace ringwire {

uint32_t CurrentCore() {
  // Fails only where there is no such number.
  const int core = sched_getcpu();
  return core < 0 ? 0 : static_cast<uint32_t>(core);
}

}  // namespace ringwire
