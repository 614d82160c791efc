#ifndef RINGWIRE_OS_THREAD_H_
#define RINGWIRE_OS_THREAD_H_

#include <sys/types.h>

#include <cstdint>

namespace ringwire {

// The system's number of this thread; never 0.
uint32_t CurrentThread();

// Whether the calling thread has this number, in a process that is this one. Of
// another process that says so, it is not.
bool IsCurrentThread(pid_t process, uint32_t thread);

}  // namespace ringwire

#endif  // RINGWIRE_OS_THREAD_H_
