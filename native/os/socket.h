#ifndef RINGWIRE_OS_SOCKET_H_
#define RINGWIRE_OS_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "os/handle.h"
#include "os/native.h"
#include "os/process.h"
#include "os/state.h"
#include "os/system_error.h"

namespace ringwire {

enum class IoResult {
  kOk,
  kAgain,   // nothing to do now
  kClosed,  // the peer hung up
  kError,   // anything else
};

// Who is at the other end.
struct PeerIdentity {
  ProcessId process = 0;
  bool same_user = false;  // as that of this process
};

// One local stream socket, listening or connected. Owns its handles, which
// other programs started from here do not inherit. One thread. No call blocks
// except WaitReadable: handles that a peer sent and nobody took are closed by
// another thread (os/closer.h).
class Socket {
 public:
  Socket() = default;
  ~Socket() { Close(); }
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // Listens on a name that exists only while somebody listens on it. It may be
  // the same for all users: who serves it shows in Identify(). Its peers can
  // send no handles before AllowHandles(), where the system knows how to refuse
  // them.
  [[nodiscard]] static bool Listen(const std::string& name, Socket* socket,
                                   SystemError* error);
  [[nodiscard]] static bool Connect(const std::string& name, Socket* socket,
                                    SystemError* error);
  // Two ends of one connection.
  [[nodiscard]] static bool Pair(Socket* one, Socket* other,
                                 SystemError* error);
  // Takes the next peer. When this process may have no more handles, it
  // sends the peer the farewell and hangs up. So the peer knows, and the socket
  // does not stay readable for ever.
  [[nodiscard]] IoResult Accept(Socket* peer);
  // Listening only: what peers get that nobody takes, also from Close().
  void set_farewell(std::string bytes) { farewell_ = std::move(bytes); }
  // From now on the peer may send handles.
  void AllowHandles() const;

  // Sends all `size` bytes with `count` handles, or nothing. kAgain: the peer
  // has to take something first.
  [[nodiscard]] IoResult Send(const void* bytes, size_t size,
                              const NativeHandle* handles, size_t count);
  // Receives up to `capacity` bytes; appends at most `max_handles` handles to
  // `handles` and closes what a peer sent beyond. When some were lost on the
  // way it is an error, and `error` says why: this process may have no more.
  [[nodiscard]] IoResult Receive(void* bytes, size_t capacity, size_t* got,
                                 std::vector<Handle>* handles,
                                 size_t max_handles,
                                 SystemError* error = nullptr);
  // Receives bytes of a peer that may not send handles. With any among them, or
  // right behind, it is an error, and they stay where they are.
  [[nodiscard]] IoResult ReceiveBytes(void* bytes, size_t capacity,
                                      size_t* got);

  // Who opened the other end, as the system knows it.
  [[nodiscard]] bool Identify(PeerIdentity* peer, SystemError* error) const;
  // Whether the other end is closed, and nobody can open it again.
  bool HungUp() const;
  // Waits until there is something to receive; false after `timeout_ms`.
  bool WaitReadable(int timeout_ms) const;

  // Idempotent.
  void Close();
  // Ready when there is something to accept, to receive, or to notice.
  Waitable waitable() const;

 private:
  SocketState state_;
  std::string farewell_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_SOCKET_H_
