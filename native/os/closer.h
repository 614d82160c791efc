#ifndef RINGWIRE_OS_CLOSER_H_
#define RINGWIRE_OS_CLOSER_H_

#include "os/handle.h"

namespace ringwire {

// Closes what a stranger sent, on a thread of its own. On Linux close() may
// wait for as long as the stranger likes: for a socket with SO_LINGER and
// unsent bytes, or for a file of a file system that the stranger serves.
// Returns at once. Any thread. Each handle stays open until its turn comes.
void CloseAside(Handle handle);

// Whether something that was given to CloseAside() may still be open.
bool IsClosing();

}  // namespace ringwire

#endif  // RINGWIRE_OS_CLOSER_H_
