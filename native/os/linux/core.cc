#include "os/core.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>

namespace ringwire {

uint32_t CoreCount() {
  return static_cast<uint32_t>(std::max(sysconf(_SC_NPROCESSORS_ONLN), 0L));
}

std::optional<uint32_t> CurrentCore() {
  // A filter of system calls may refuse it.
  const int core = sched_getcpu();
  if (core < 0) return std::nullopt;
  return static_cast<uint32_t>(core);
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
