#ifndef RINGWIRE_OS_MACOS_PATH_LOCK_H_
#define RINGWIRE_OS_MACOS_PATH_LOCK_H_

#include <string>

#include "os/handle.h"
#include "os/system_error.h"

namespace ringwire {

// Who may have a socket at a path: the one who holds a lock on the file beside
// it. The system lets go of the lock when its holder dies, but leaves the
// socket. Any thread.

// Takes the path for a listener, and removes what a dead one has left there.
// Held until the lock is closed. EADDRINUSE: somebody else has it.
[[nodiscard]] bool TakePath(const std::string& path, Handle* lock,
                            SystemError* error);
// Removes both files. Only with the lock.
void LeavePath(const std::string& path, Handle lock);

// Whether a listener holds the path.
bool IsPathTaken(const std::string& path);

}  // namespace ringwire

#endif  // RINGWIRE_OS_MACOS_PATH_LOCK_H_
