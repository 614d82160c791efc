#include "os/socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <utility>

#include "os/closer.h"
#include "os/posix/socket_io.h"

namespace ringwire {
namespace {

constexpr int kType = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
// As many as the system allows (net.core.somaxconn): a peer that finds the
// queue full has to try again, and can only guess when.
constexpr int kBacklog = INT_MAX;
// SO_PASSRIGHTS, since Linux 6.16; older headers lack it, older kernels refuse
// it. A socket that was connected to has it from its listener.
constexpr int kPassRights = 83;
constexpr int kSendFlags = MSG_DONTWAIT | MSG_NOSIGNAL;

// The abstract address of a name: a zero byte and the name.
bool ToAddress(const std::string& name, sockaddr_un* address,
               socklen_t* length) {
  if (name.empty() || name.size() + 1 > sizeof(address->sun_path)) {
    errno = ENAMETOOLONG;
    return false;
  }
  *address = {};
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path + 1, name.data(), name.size());
  *length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  return true;
}

// Tells a peer, and lets no more come from it.
void Dismiss(const Handle& peer, const std::string& farewell) {
  // A peer that is gone need not be told.
  send(peer.get(), farewell.data(), farewell.size(), kSendFlags);
  shutdown(peer.get(), SHUT_RDWR);
}

// Whether there may be descriptors in what came and was not read. Only reliable
// for a few bytes: nobody who keeps to the protocol leaves more.
bool MayHoldDescriptors(const Handle& handle) {
  int unread = 0;
  if (ioctl(handle.get(), FIONREAD, &unread) != 0 || unread <= 0) return false;
  char bytes[256];
  iovec data{bytes, sizeof(bytes)};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  const ssize_t seen = recvmsg(handle.get(), &message, MSG_DONTWAIT | MSG_PEEK);
  return seen < unread || (message.msg_flags & MSG_CTRUNC) != 0;
}

void CloseConnected(Handle handle) {
  if (!handle.valid()) return;
  // Nothing can come any more, so what is there now is all.
  shutdown(handle.get(), SHUT_RDWR);
  if (MayHoldDescriptors(handle)) CloseAside(std::move(handle));
}

// No effect where the kernel does not know the option.
void SetPassRights(const Handle& handle, bool pass) {
  const int value = pass ? 1 : 0;
  setsockopt(handle.get(), SOL_SOCKET, kPassRights, &value, sizeof(value));
}

// A peer that nobody can accept would keep the socket readable and its watcher
// busy. The spare descriptor makes room to take the peer and close it.
IoResult HangUpOnNext(SocketState* listener, const std::string& farewell) {
  listener->spare.Close();
  Handle next(accept4(listener->handle.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!next.valid()) {
    const IoResult result = ResultOfErrno();
    listener->spare = Duplicate(listener->handle);
    return result;
  }
  Dismiss(next, farewell);
  // Closes the peer and takes its place in one step: another thread cannot get
  // in between.
  if (!MayHoldDescriptors(next) &&
      dup3(listener->handle.get(), next.get(), O_CLOEXEC) >= 0) {
    listener->spare = std::move(next);
  } else {
    CloseAside(std::move(next));
    listener->spare = Duplicate(listener->handle);
  }
  return IoResult::kError;
}

}  // namespace

bool Socket::Listen(const std::string& name, Socket* result,
                    SystemError* error) {
  sockaddr_un address;
  socklen_t length = 0;
  if (!ToAddress(name, &address, &length)) return Fail("bind", error);
  Handle handle(socket(AF_UNIX, kType, 0));
  if (!handle.valid()) return Fail("socket", error);
  if (bind(handle.get(), reinterpret_cast<sockaddr*>(&address), length) != 0) {
    return Fail("bind", error);
  }
  // A filter of system calls that refuses accept4 would leave every peer
  // waiting. A socket that does not listen yet is EINVAL where the call is
  // allowed. Without a flag, musl would make another call of it.
  if (accept4(handle.get(), nullptr, nullptr, SOCK_CLOEXEC) < 0 &&
      errno != EINVAL) {
    return Fail("accept4", error);
  }
  if (listen(handle.get(), kBacklog) != 0) return Fail("listen", error);
  SetPassRights(handle, false);
  Handle spare = Duplicate(handle);
  if (!spare.valid()) return Fail("fcntl(F_DUPFD_CLOEXEC)", error);
  result->state_.handle = std::move(handle);
  result->state_.spare = std::move(spare);
  result->state_.listening = true;
  return true;
}

bool Socket::Connect(const std::string& name, Socket* result,
                     SystemError* error) {
  sockaddr_un address;
  socklen_t length = 0;
  if (!ToAddress(name, &address, &length)) return Fail("connect", error);
  Handle handle(socket(AF_UNIX, kType, 0));
  if (!handle.valid()) return Fail("socket", error);
  if (connect(handle.get(), reinterpret_cast<sockaddr*>(&address), length) !=
      0) {
    return Fail("connect", error);
  }
  result->state_.handle = std::move(handle);
  return true;
}

bool Socket::Pair(Socket* one, Socket* other, SystemError* error) {
  int ends[2];
  if (socketpair(AF_UNIX, kType, 0, ends) != 0) {
    return Fail("socketpair", error);
  }
  one->state_.handle = Handle(ends[0]);
  other->state_.handle = Handle(ends[1]);
  return true;
}

IoResult Socket::Accept(Socket* peer) {
  Handle handle(accept4(state_.handle.get(), nullptr, nullptr,
                        SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!handle.valid()) {
    return errno == EMFILE || errno == ENFILE ? HangUpOnNext(&state_, farewell_)
                                              : ResultOfErrno();
  }
  if (!state_.spare.valid()) state_.spare = Duplicate(state_.handle);
  peer->state_.handle = std::move(handle);
  return IoResult::kOk;
}

void Socket::Close() {
  state_.spare.Close();
  if (!std::exchange(state_.listening, false)) {
    CloseConnected(std::move(state_.handle));
    return;
  }
  // Nobody can come any more, so those who wait now are all.
  shutdown(state_.handle.get(), SHUT_RDWR);
  for (;;) {
    Handle peer(accept4(state_.handle.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!peer.valid()) break;
    Dismiss(peer, farewell_);
    CloseConnected(std::move(peer));
  }
  state_.handle.Close();
}

void Socket::AllowHandles() const { SetPassRights(state_.handle, true); }

IoResult Socket::Send(const void* bytes, size_t size,
                      const NativeHandle* handles, size_t count) {
  return SendWithHandles(state_.handle, bytes, size, handles, count,
                         kSendFlags);
}

IoResult Socket::Receive(void* bytes, size_t capacity, size_t* got,
                         std::vector<Handle>* handles, size_t max_handles,
                         SystemError* error) {
  return ReceiveWithHandles(state_.handle, bytes, capacity, got, handles,
                            max_handles, MSG_DONTWAIT | MSG_CMSG_CLOEXEC,
                            error);
}

IoResult Socket::ReceiveBytes(void* bytes, size_t capacity, size_t* got) {
  iovec data{bytes, capacity};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  // Peeks first: without room for them the kernel would close the descriptors
  // that it takes off the queue, on this thread.
  const ssize_t seen =
      recvmsg(state_.handle.get(), &message, MSG_DONTWAIT | MSG_PEEK);
  if (seen < 0) return ResultOfErrno();
  if (seen == 0) return IoResult::kClosed;
  if ((message.msg_flags & MSG_CTRUNC) != 0) return IoResult::kError;
  const ssize_t received =
      recv(state_.handle.get(), bytes, static_cast<size_t>(seen), MSG_DONTWAIT);
  if (received < 0) return ResultOfErrno();
  *got = static_cast<size_t>(received);
  return IoResult::kOk;
}

bool Socket::Identify(PeerIdentity* peer, SystemError* error) const {
  ucred credentials{};
  socklen_t length = sizeof(credentials);
  if (getsockopt(state_.handle.get(), SOL_SOCKET, SO_PEERCRED, &credentials,
                 &length) != 0) {
    return Fail("getsockopt(SO_PEERCRED)", error);
  }
  *peer = {static_cast<ProcessId>(credentials.pid),
           credentials.uid == geteuid()};
  return true;
}

bool Socket::HungUp() const {
  pollfd descriptor{state_.handle.get(), POLLRDHUP, 0};
  return poll(&descriptor, 1, 0) > 0 &&
         (descriptor.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

}  // namespace ringwire
