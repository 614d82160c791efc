#ifndef RINGWIRE_OS_PROCESS_H_
#define RINGWIRE_OS_PROCESS_H_

#include <cstdint>
#include <string>

namespace ringwire {

// The system's number of a process.
using ProcessId = uint32_t;

bool IsCurrentProcess(ProcessId process);

// What tells the user of this process from others on this machine, in letters,
// digits and dashes. A process may change its user.
std::string CurrentUser();

}  // namespace ringwire

#endif  // RINGWIRE_OS_PROCESS_H_
