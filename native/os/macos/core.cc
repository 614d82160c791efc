#include "os/core.h"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>

namespace ringwire {

uint32_t CoreCount() {
  return static_cast<uint32_t>(std::max(sysconf(_SC_NPROCESSORS_ONLN), 0L));
}

std::optional<uint32_t> CurrentCore() {
  size_t core = 0;
  if (pthread_cpu_number_np(&core) != 0) return std::nullopt;
  return static_cast<uint32_t>(core);
}

// XNU lets no thread choose its core.
bool LeaveCore(uint32_t /*core*/) { return false; }

}  // namespace ringwire
