#ifndef RINGWIRE_OS_CORE_H_
#define RINGWIRE_OS_CORE_H_

#include <cstdint>
#include <optional>

namespace ringwire {

// How many cores there are for all processes; 0 when the system does not say.
uint32_t CoreCount();

// The number of the core this thread runs on; it may be another one right
// afterwards. Nothing where the system does not say. Some nanoseconds, no
// system call.
std::optional<uint32_t> CurrentCore();

// Moves this thread to another core that it may run on; the cores it may run
// on are the same afterwards, so it can come back. Microseconds. False: there
// is no other one.
bool LeaveCore(uint32_t core);

}  // namespace ringwire

#endif  // RINGWIRE_OS_CORE_H_
