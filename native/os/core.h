#ifndef RINGWIRE_OS_CORE_H_
#define RINGWIRE_OS_CORE_H_

#include <cstdint>

namespace ringwire {

// The number of the core this thread runs on; it may be another one right
// afterwards. Some nanoseconds, no system call.
uint32_t CurrentCore();

}  // namespace ringwire

#endif  // RINGWIRE_OS_CORE_H_
