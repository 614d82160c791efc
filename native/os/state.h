#ifndef RINGWIRE_OS_STATE_H_
#define RINGWIRE_OS_STATE_H_

// What the classes of os/ consist of on this system: SocketState,
// DoorbellState, WaiterState, and how many handles a pair of waiters needs.
#if defined(__linux__)
#include "os/linux/state.h"
#elif defined(__APPLE__)
#include "os/macos/state.h"
#elif defined(_WIN32)
#include "os/windows/state.h"
#endif

#endif  // RINGWIRE_OS_STATE_H_
