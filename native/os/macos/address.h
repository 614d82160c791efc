#ifndef RINGWIRE_OS_MACOS_ADDRESS_H_
#define RINGWIRE_OS_MACOS_ADDRESS_H_

#include <sys/un.h>

#include <string>

#include "os/system_error.h"

namespace ringwire {

// Where names of sockets live: files in the folder that macOS keeps for the
// temporary files of each user, named by a hash, since a path may have 103
// bytes.

// The path of the socket for a name. False where there is no such folder, or it
// is too long.
[[nodiscard]] bool PathOfName(const std::string& name, std::string* path,
                              SystemError* error);

// The same for the address. The path is one of PathOfName().
sockaddr_un AddressOf(const std::string& path);

}  // namespace ringwire

#endif  // RINGWIRE_OS_MACOS_ADDRESS_H_
