#ifndef RINGWIRE_TEST_NATIVE_HELPERS_SEND_DESCRIPTORS_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_SEND_DESCRIPTORS_H_

#include <sys/socket.h>

#include <cstddef>
#include <cstring>
#include <vector>

namespace ringwire {

// What a peer with code of its own can do: any number of descriptors. Returns
// whether the kernel took them.
inline bool SendWith(int to, const void* bytes, size_t size,
                     const std::vector<int>& descriptors) {
  const size_t length = descriptors.size() * sizeof(int);
  iovec data{const_cast<void*>(bytes), size};
  std::vector<char> control(CMSG_SPACE(length));
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  if (length > 0) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(length);
    memcpy(CMSG_DATA(header), descriptors.data(), length);
  }
  return sendmsg(to, &message, MSG_NOSIGNAL) >= 0;
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_SEND_DESCRIPTORS_H_
