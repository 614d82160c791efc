#ifndef RINGWIRE_OS_THREAD_H_
#define RINGWIRE_OS_THREAD_H_

#include <cstdint>

namespace ringwire {

// The system's number of this thread; never 0.
uint32_t CurrentThread();

}  // namespace ringwire

#endif  // RINGWIRE_OS_THREAD_H_
