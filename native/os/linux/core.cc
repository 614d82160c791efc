#include "os/core.h"

#include <sched.h>

namespace ringwire {

uint32_t CurrentCore() {
  // Fails only where there is no such number.
  const int core = sched_getcpu();
  return core < 0 ? 0 : static_cast<uint32_t>(core);
}

bool LeaveCore(uint32_t core) {
  cpu_set_t allowed;
  // Fails where the machine has more cores than a cpu_set_t.
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return false;
  cpu_set_t others = allowed;
  CPU_CLR(core, &others);
  if (CPU_COUNT(&others) == 0) return false;
  if (sched_setaffinity(0, sizeof(others), &others) != 0) return false;
  sched_setaffinity(0, sizeof(allowed), &allowed);
  return true;
}

}  // namespace ringwire
