#include "os/posix/socket_io.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "os/closer.h"

namespace ringwire {
namespace {

// Descriptors that a message may have.
constexpr size_t kMostDescriptors = 8;
// More than any kernel lets a message have: SCM_MAX_FD of Linux is 253; XNU
// takes 2048 bytes for descriptors and their header.
constexpr size_t kMostReceived = 512;

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

}  // namespace

IoResult ResultOfErrno() {
  switch (errno) {
    case EAGAIN:
    case EINTR:
    // The kernel bounds how many descriptors are on their way.
    case ETOOMANYREFS:
    // XNU takes room from a sender whose peer reads nothing, until not even one
    // descriptor fits; or it has no more memory for messages.
    case EMSGSIZE:
    case ENOBUFS:
      return IoResult::kAgain;
    case EPIPE:
    case ECONNRESET:
    // XNU of a peer that has hung up.
    case ENOTCONN:
      return IoResult::kClosed;
    default:
      return IoResult::kError;
  }
}

Handle Duplicate(const Handle& handle) {
  return Handle(fcntl(handle.get(), F_DUPFD_CLOEXEC, 0));
}

IoResult SendWithHandles(const Handle& socket, const void* bytes, size_t size,
                         const NativeHandle* handles, size_t count, int flags) {
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
  const ssize_t sent = sendmsg(socket.get(), &message, flags);
  if (sent < 0) return ResultOfErrno();
  return static_cast<size_t>(sent) == size ? IoResult::kOk : IoResult::kError;
}

IoResult ReceiveWithHandles(const Handle& socket, void* bytes, size_t capacity,
                            size_t* got, std::vector<Handle>* handles,
                            size_t max_handles, int flags, SystemError* error) {
  iovec data{bytes, capacity};
  // Room for all that may come: what it does not hold the kernel would close,
  // on this thread.
  alignas(cmsghdr) char control[CMSG_SPACE(kMostReceived * sizeof(int))];
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  const ssize_t received = recvmsg(socket.get(), &message, flags);
  if (received < 0) return ResultOfErrno();
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

bool Socket::WaitReadable(int timeout_ms) const {
  pollfd descriptor{state_.handle.get(), POLLIN, 0};
  return poll(&descriptor, 1, timeout_ms) > 0;
}

Waitable Socket::waitable() const { return state_.handle.get(); }

}  // namespace ringwire
