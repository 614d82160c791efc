#ifndef RINGWIRE_OS_SOCKET_H_
#define RINGWIRE_OS_SOCKET_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "os/handle.h"
#include "os/system_error.h"

namespace ringwire {

enum class IoResult {
  kOk,
  kAgain,   // nothing to do now
  kClosed,  // the peer hung up
  kError,   // anything else; errno says what
};

// One local stream socket, listening or connected. Owns its descriptor, which
// other programs started from here do not inherit. No call blocks except
// WaitReadable. One thread.
class Socket {
 public:
  Socket() = default;

  // Listens on a name that exists only while somebody listens on it (Linux's
  // abstract namespace) and is the same for all users: who serves it shows in
  // PeerCredentials.
  [[nodiscard]] static bool Listen(const std::string& name, Socket* socket,
                                   SystemError* error);
  [[nodiscard]] static bool Connect(const std::string& name, Socket* socket,
                                    SystemError* error);
  // Two ends of one connection.
  [[nodiscard]] static bool Pair(Socket* one, Socket* other,
                                 SystemError* error);
  // Takes the next peer. When this process may have no more descriptors the
  // peer is hung up on, so that it knows, and does not come back for ever.
  [[nodiscard]] IoResult Accept(Socket* peer);

  // Sends all `size` bytes with `count` descriptors, or nothing.
  [[nodiscard]] IoResult Send(const void* bytes, size_t size,
                              const int* descriptors, size_t count);
  // Receives up to `capacity` bytes; appends at most `max_handles` descriptors
  // to `handles` and closes what a peer sent beyond. An error when some were
  // lost on the way.
  [[nodiscard]] IoResult Receive(void* bytes, size_t capacity, size_t* got,
                                 std::vector<Handle>* handles,
                                 size_t max_handles);

  // Who opened the other end, as the kernel knows it.
  bool PeerCredentials(pid_t* process, uid_t* user) const;
  // Whether the other end is closed, and nobody can open it again.
  bool HungUp() const;
  // Waits until there is something to receive; false after `timeout_ms`.
  bool WaitReadable(int timeout_ms) const;

  void Close() {
    handle_.Close();
    spare_.Close();
  }
  const Handle& handle() const { return handle_; }

 private:
  IoResult HangUpOnNext();

  Handle handle_;
  Handle spare_;  // listening only: kept for HangUpOnNext()
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_SOCKET_H_
