#ifndef RINGWIRE_OS_SOCKET_H_
#define RINGWIRE_OS_SOCKET_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
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
// other programs started from here do not inherit. One thread. No call blocks
// except WaitReadable: descriptors that a peer sent and nobody took are closed
// by another thread (os/closer.h).
class Socket {
 public:
  Socket() = default;
  ~Socket() { Close(); }
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // Listens on a name that exists only while somebody listens on it (Linux's
  // abstract namespace) and is the same for all users: who serves it shows in
  // PeerCredentials. Its peers can send no descriptors before AllowDescriptors,
  // where the kernel knows how to refuse them.
  [[nodiscard]] static bool Listen(const std::string& name, Socket* socket,
                                   SystemError* error);
  [[nodiscard]] static bool Connect(const std::string& name, Socket* socket,
                                    SystemError* error);
  // Two ends of one connection.
  [[nodiscard]] static bool Pair(Socket* one, Socket* other,
                                 SystemError* error);
  // Takes the next peer. When this process may have no more descriptors, it
  // sends the peer the farewell and hangs up. So the peer knows, and the socket
  // does not stay readable for ever.
  [[nodiscard]] IoResult Accept(Socket* peer);
  // Listening only: what peers get that nobody takes, also from Close().
  void set_farewell(std::string bytes) { farewell_ = std::move(bytes); }
  // From now on the peer may send descriptors.
  void AllowDescriptors() const;

  // Sends all `size` bytes with `count` descriptors, or nothing.
  [[nodiscard]] IoResult Send(const void* bytes, size_t size,
                              const int* descriptors, size_t count);
  // Receives up to `capacity` bytes; appends at most `max_handles` descriptors
  // to `handles` and closes what a peer sent beyond. An error when some were
  // lost on the way.
  [[nodiscard]] IoResult Receive(void* bytes, size_t capacity, size_t* got,
                                 std::vector<Handle>* handles,
                                 size_t max_handles);
  // Receives bytes of a peer that may not send descriptors. With any among
  // them, or right behind, it is an error, and they stay where they are.
  [[nodiscard]] IoResult ReceiveBytes(void* bytes, size_t capacity,
                                      size_t* got);

  // Who opened the other end, as the kernel knows it.
  bool PeerCredentials(pid_t* process, uid_t* user) const;
  // Whether the other end is closed, and nobody can open it again.
  bool HungUp() const;
  // Waits until there is something to receive; false after `timeout_ms`.
  bool WaitReadable(int timeout_ms) const;

  // Idempotent.
  void Close();
  const Handle& handle() const { return handle_; }

 private:
  IoResult HangUpOnNext();
  // Tells a peer, and lets no more come from it.
  void Farewell(const Handle& peer) const;

  Handle handle_;
  bool listening_ = false;
  Handle spare_;  // listening only: kept for HangUpOnNext()
  std::string farewell_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_SOCKET_H_
