#include "os/socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <utility>

#include "os/closer.h"

namespace ringwire {
namespace {

constexpr int kType = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
// As many as the system allows (net.core.somaxconn): a peer that finds the
// queue full has to try again, and can only guess when.
constexpr int kBacklog = INT_MAX;
// SO_PASSRIGHTS, since Linux 6.16; older headers lack it, older kernels refuse
// it. A socket that was connected to has it from its listener.
constexpr int kPassRights = 83;
// Descriptors the kernel may hand over at once; more are closed by it.
constexpr size_t kMostDescriptors = 8;
// SCM_MAX_FD: what the kernel lets a message have.
constexpr size_t kMostReceived = 253;

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
  send(peer.get(), farewell.data(), farewell.size(),
       MSG_DONTWAIT | MSG_NOSIGNAL);
  shutdown(peer.get(), SHUT_RDWR);
}

IoResult FromErrno() {
  if (errno == EAGAIN || errno == EINTR) return IoResult::kAgain;
  return errno == EPIPE || errno == ECONNRESET ? IoResult::kClosed
                                               : IoResult::kError;
}

Handle Duplicate(const Handle& handle) {
  return Handle(fcntl(handle.get(), F_DUPFD_CLOEXEC, 0));
}

// Takes over every descriptor that came, so that none leaks.
std::vector<Handle> TakeHandles(msghdr* message) {
  std::vector<Handle> taken;
  for (cmsghdr* control = CMSG_FIRSTHDR(message); control != nullptr;
       control = CMSG_NXTHDR(message, control)) {
    if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS) {
      continue;
    }
    const size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count; ++i) {
      int descriptor = -1;
      memcpy(&descriptor, CMSG_DATA(control) + i * sizeof(int), sizeof(int));
      taken.emplace_back(descriptor);
    }
  }
  return taken;
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
    const IoResult result = FromErrno();
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
                                              : FromErrno();
  }
  if (!state_.spare.valid()) state_.spare = Duplicate(state_.handle);
  peer->state_.handle = std::move(handle);
  return IoResult::kOk;
}

Socket::Socket(Socket&& other) noexcept
    : state_(std::exchange(other.state_, {})),
      farewell_(std::move(other.farewell_)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this != &other) {
    Close();
    state_ = std::exchange(other.state_, {});
    farewell_ = std::move(other.farewell_);
  }
  return *this;
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
  if (count > kMostDescriptors) return IoResult::kError;
  iovec data{const_cast<void*>(bytes), size};
  alignas(cmsghdr) char control[CMSG_SPACE(kMostDescriptors * sizeof(int))]{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  if (count > 0) {
    message.msg_control = control;
    message.msg_controllen = CMSG_SPACE(count * sizeof(int));
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(count * sizeof(int));
    memcpy(CMSG_DATA(header), handles, count * sizeof(int));
  }
  const ssize_t sent =
      sendmsg(state_.handle.get(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  // The kernel bounds how many descriptors are on their way.
  if (sent < 0) return errno == ETOOMANYREFS ? IoResult::kAgain : FromErrno();
  return static_cast<size_t>(sent) == size ? IoResult::kOk : IoResult::kError;
}

IoResult Socket::Receive(void* bytes, size_t capacity, size_t* got,
                         std::vector<Handle>* handles, size_t max_handles,
                         SystemError* error) {
  iovec data{bytes, capacity};
  // Room for all that may come: what it does not hold the kernel would close,
  // on this thread.
  alignas(cmsghdr) char control[CMSG_SPACE(kMostReceived * sizeof(int))];
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  const ssize_t received =
      recvmsg(state_.handle.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (received < 0) return FromErrno();
  const bool lost = (message.msg_flags & MSG_CTRUNC) != 0;
  std::vector<Handle> taken = TakeHandles(&message);
  const bool failed = lost || taken.size() > kMostDescriptors;
  const size_t kept = failed ? 0 : std::min(taken.size(), max_handles);
  for (size_t i = 0; i < taken.size(); ++i) {
    if (i < kept) {
      handles->push_back(std::move(taken[i]));
    } else {
      CloseAside(std::move(taken[i]));
    }
  }
  if (failed) {
    if (error != nullptr) *error = {"recvmsg", lost ? EMFILE : EPROTO};
    return IoResult::kError;
  }
  *got = static_cast<size_t>(received);
  return received == 0 ? IoResult::kClosed : IoResult::kOk;
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
  if (seen < 0) return FromErrno();
  if (seen == 0) return IoResult::kClosed;
  if ((message.msg_flags & MSG_CTRUNC) != 0) return IoResult::kError;
  const ssize_t received =
      recv(state_.handle.get(), bytes, static_cast<size_t>(seen), MSG_DONTWAIT);
  if (received < 0) return FromErrno();
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

bool Socket::WaitReadable(int timeout_ms) const {
  pollfd descriptor{state_.handle.get(), POLLIN, 0};
  return poll(&descriptor, 1, timeout_ms) > 0;
}

Waitable Socket::waitable() const { return state_.handle.get(); }

}  // namespace ringwire
