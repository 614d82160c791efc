#ifndef RINGWIRE_OS_MACOS_ADDRESS_H_
#define RINGWIRE_OS_MACOS_ADDRESS_H_

#include <sys/un.h>

#include <string>

#include "os/handle.h"
#include "os/system_error.h"

namespace ringwire {

// Where names of sockets live: files in the folder that macOS keeps for the
// temporary files of each user, named by a hash, since a path may have 103
// bytes. Beside each is a file that its listener holds a lock on: the system
// lets go of that when the listener dies, but leaves the socket.

// The path of the socket for a name. False where there is no such folder, or it
// is too long.
[[nodiscard]] bool PathOfName(const std::string& name, std::string* path,
                              SystemError* error);

// The same for the address. The path is one of PathOfName().
sockaddr_un AddressOf(const std::string& path);

// Takes the path for a listener, and removes what a dead one has left there.
// Held until the lock is closed. EADDRINUSE: somebody else has it.
[[nodiscard]] bool TakePath(const std::string& path, Handle* lock,
                            SystemError* error);
// Removes both files. Only with the lock.
void LeavePath(const std::string& path, Handle lock);

// Whether a listener holds the path.
bool IsPathTaken(const std::string& path);

}  // namespace ringwire

#endif  // RINGWIRE_OS_MACOS_ADDRESS_H_
