#include "os/socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "os/closer.h"
#include "os/macos/address.h"
#include "os/macos/descriptor.h"
#include "os/macos/path_lock.h"
#include "os/posix/socket_io.h"

namespace ringwire {
namespace {

// XNU heeds it in receiving only; in sending, O_NONBLOCK counts. Each end has
// that for itself.
constexpr int kFlags = MSG_DONTWAIT;
// As many as the system allows (kern.ipc.somaxconn).
constexpr int kBacklog = SOMAXCONN;
// Messages that may be unread at the end of an honest connection.
constexpr int kMostUnread = 64;

// A peer that is gone must not end this process by a signal.
bool Prepare(const Handle& handle) {
  const int on = 1;
  return CloseOnExec(handle) && NeverBlock(handle) &&
         setsockopt(handle.get(), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof(on)) ==
             0;
}

bool Open(Handle* result, SystemError* error) {
  Handle handle(socket(AF_UNIX, SOCK_STREAM, 0));
  if (!handle.valid()) return Fail("socket", error);
  if (!Prepare(handle)) return Fail("setsockopt(SO_NOSIGPIPE)", error);
  *result = std::move(handle);
  return true;
}

// Takes what is unread first, since closing the socket would close the
// descriptors among it, on this thread. (What comes after that, a hostile
// peer's, it does close here: shutdown() would do the same.)
void CloseConnected(Handle handle) {
  if (!handle.valid()) return;
  for (int i = 0; i < kMostUnread; ++i) {
    char bytes[256];
    size_t got = 0;
    std::vector<Handle> taken;
    const IoResult result = ReceiveWithHandles(
        handle, bytes, sizeof(bytes), &got, &taken, SIZE_MAX, kFlags, nullptr);
    const bool nothing = taken.empty();
    for (Handle& each : taken) CloseAside(std::move(each));
    if (result == IoResult::kAgain) return;
    // A message may consist of descriptors alone.
    if (result == IoResult::kClosed && nothing) return;
  }
  shutdown(handle.get(), SHUT_WR);
  CloseAside(std::move(handle));
}

// Tells a peer that nobody takes it.
void Dismiss(Handle peer, const std::string& farewell) {
  // One that is gone already need not be told.
  if (NeverBlock(peer))
    send(peer.get(), farewell.data(), farewell.size(), kFlags);
  CloseConnected(std::move(peer));
}

IoResult HangUpOnNext(SocketState* listener, const std::string& farewell) {
  listener->spare.Close();
  Handle next(accept(listener->handle.get(), nullptr, nullptr));
  const IoResult result = next.valid() ? IoResult::kError : ResultOfErrno();
  if (next.valid()) Dismiss(std::move(next), farewell);
  listener->spare = Duplicate(listener->handle);
  return result;
}

}  // namespace

bool Socket::Listen(const std::string& name, Socket* result,
                    SystemError* error) {
  SocketState state;
  if (!PathOfName(name, &state.path, error) || !Open(&state.handle, error) ||
      !TakePath(state.path, &state.lock, error)) {
    return false;
  }
  const sockaddr_un address = AddressOf(state.path);
  if (bind(state.handle.get(), reinterpret_cast<const sockaddr*>(&address),
           address.sun_len) != 0) {
    Fail("bind", error);
    LeavePath(state.path, std::move(state.lock));
    return false;
  }
  state.spare = Duplicate(state.handle);
  const bool spare = state.spare.valid();
  if (!spare || listen(state.handle.get(), kBacklog) != 0) {
    Fail(spare ? "listen" : "fcntl(F_DUPFD_CLOEXEC)", error);
    LeavePath(state.path, std::move(state.lock));
    return false;
  }
  state.listening = true;
  result->Close();
  result->state_ = std::move(state);
  return true;
}

bool Socket::Connect(const std::string& name, Socket* result,
                     SystemError* error) {
  std::string path;
  Handle handle;
  if (!PathOfName(name, &path, error) || !Open(&handle, error)) return false;
  const sockaddr_un address = AddressOf(path);
  if (connect(handle.get(), reinterpret_cast<const sockaddr*>(&address),
              address.sun_len) != 0) {
    // A full queue is refused like a socket that a dead listener has left.
    if (errno == ENOENT) errno = ECONNREFUSED;
    const int code =
        errno == ECONNREFUSED && IsPathTaken(path) ? EAGAIN : errno;
    *error = {"connect", code};
    return false;
  }
  result->state_.handle = std::move(handle);
  return true;
}

bool Socket::Pair(Socket* one, Socket* other, SystemError* error) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
    return Fail("socketpair", error);
  }
  Handle first(ends[0]);
  Handle second(ends[1]);
  if (!Prepare(first) || !Prepare(second)) {
    return Fail("setsockopt(SO_NOSIGPIPE)", error);
  }
  one->state_.handle = std::move(first);
  other->state_.handle = std::move(second);
  return true;
}

IoResult Socket::Accept(Socket* peer) {
  if (!state_.spare.valid()) state_.spare = Duplicate(state_.handle);
  // XNU drops a peer for whom there is no descriptor, and it would not know
  // why. So this looks first whether there is one.
  if (!Duplicate(state_.handle).valid()) {
    return HangUpOnNext(&state_, farewell_);
  }
  Handle handle(accept(state_.handle.get(), nullptr, nullptr));
  if (!handle.valid()) return ResultOfErrno();
  // SO_NOSIGPIPE it has from the listener.
  if (!CloseOnExec(handle) || !NeverBlock(handle)) {
    CloseConnected(std::move(handle));
    return IoResult::kError;
  }
  peer->Close();
  peer->state_.handle = std::move(handle);
  return IoResult::kOk;
}

void Socket::Close() {
  state_.spare.Close();
  if (!std::exchange(state_.listening, false)) {
    CloseConnected(std::move(state_.handle));
    return;
  }
  // Nobody can find it any more, so those who wait now are all.
  LeavePath(state_.path, std::move(state_.lock));
  for (;;) {
    Handle peer(accept(state_.handle.get(), nullptr, nullptr));
    if (!peer.valid()) break;
    Dismiss(std::move(peer), farewell_);
  }
  state_.handle.Close();
}

// XNU has no way to refuse them: ReceiveBytes() does.
void Socket::AllowHandles() const {}

IoResult Socket::Send(const void* bytes, size_t size,
                      const NativeHandle* handles, size_t count) {
  return SendWithHandles(state_.handle, bytes, size, handles, count, kFlags);
}

IoResult Socket::Receive(void* bytes, size_t capacity, size_t* got,
                         std::vector<Handle>* handles, size_t max_handles,
                         SystemError* error) {
  const size_t before = handles->size();
  const IoResult result = ReceiveWithHandles(
      state_.handle, bytes, capacity, got, handles, max_handles, kFlags, error);
  for (size_t i = before; i < handles->size(); ++i) {
    if (CloseOnExec((*handles)[i])) continue;
    SystemError unused{};
    Fail("fcntl(F_SETFD)", error != nullptr ? error : &unused);
    return IoResult::kError;
  }
  return result;
}

IoResult Socket::ReceiveBytes(void* bytes, size_t capacity, size_t* got) {
  std::vector<Handle> taken;
  const IoResult result = ReceiveWithHandles(
      state_.handle, bytes, capacity, got, &taken, SIZE_MAX, kFlags, nullptr);
  if (taken.empty()) return result;
  for (Handle& each : taken) CloseAside(std::move(each));
  return IoResult::kError;
}

bool Socket::Identify(PeerIdentity* peer, SystemError* error) const {
  uid_t user = 0;
  gid_t group = 0;
  if (getpeereid(state_.handle.get(), &user, &group) != 0) {
    return Fail("getpeereid", error);
  }
  // Who used the other end last. A peer that has hung up is nobody, but what it
  // has said before can still be read.
  pid_t process = 0;
  socklen_t length = sizeof(process);
  if (getsockopt(state_.handle.get(), SOL_LOCAL, LOCAL_PEERPID, &process,
                 &length) != 0 &&
      errno != ENOTCONN) {
    return Fail("getsockopt(LOCAL_PEERPID)", error);
  }
  *peer = {static_cast<ProcessId>(process), user == geteuid()};
  return true;
}

bool Socket::HungUp() const {
  // POLLHUP comes with POLLIN only, and whether or not something is unread.
  pollfd descriptor{state_.handle.get(), POLLIN, 0};
  return poll(&descriptor, 1, 0) > 0 &&
         (descriptor.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

}  // namespace ringwire
