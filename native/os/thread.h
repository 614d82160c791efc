#ifndef RINGWIRE_OS_THREAD_H_
#define RINGWIRE_OS_THREAD_H_

#include <sys/types.h>

#include <cstdint>

namespace ringwire {

// The system's number of this thread; never 0.
uint32_t CurrentThread();

bool IsCurrentProcess(pid_t process);

}  // namespace ringwire

#endif  // RINGWIRE_OS_THREAD_H_
