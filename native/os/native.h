#ifndef RINGWIRE_OS_NATIVE_H_
#define RINGWIRE_OS_NATIVE_H_

// What this system's handles are; see os/posix/native.h for what each system
// has to define. This header and os/state.h choose the system: whatever else
// includes os/ is the same on all of them.
#if defined(__linux__) || defined(__APPLE__)
#include "os/posix/native.h"
#elif defined(_WIN32)
#include "os/windows/native.h"
#else
#error "ringwire has no native code for this system yet"
#endif

#endif  // RINGWIRE_OS_NATIVE_H_
