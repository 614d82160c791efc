#ifndef RINGWIRE_OS_POSIX_SOCKET_IO_H_
#define RINGWIRE_OS_POSIX_SOCKET_IO_H_

#include <cstddef>
#include <vector>

#include "os/handle.h"
#include "os/socket.h"

namespace ringwire {

// What the sockets of all systems with descriptors have in common; the rest is
// in the socket.cc of each. `flags` are those of sendmsg() and recvmsg() with
// which that system does not block. Any thread.

// What errno says of a call on a connected socket.
IoResult ResultOfErrno();

// Not valid where this process may have no more.
Handle Duplicate(const Handle& handle);

// Socket::Send() and Socket::Receive().
IoResult SendWithHandles(const Handle& socket, const void* bytes, size_t size,
                         const NativeHandle* handles, size_t count, int flags);
IoResult ReceiveWithHandles(const Handle& socket, void* bytes, size_t capacity,
                            size_t* got, std::vector<Handle>* handles,
                            size_t max_handles, int flags, SystemError* error);

}  // namespace ringwire

#endif  // RINGWIRE_OS_POSIX_SOCKET_IO_H_
