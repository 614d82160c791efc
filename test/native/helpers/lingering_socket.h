#ifndef RINGWIRE_TEST_NATIVE_HELPERS_LINGERING_SOCKET_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_LINGERING_SOCKET_H_

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "os/handle.h"

namespace ringwire {

// Whoever closes this last waits for so many seconds: it has bytes that nobody
// reads.
class LingeringSocket {
 public:
  explicit LingeringSocket(int seconds) {
    const Handle listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof(address);
    REQUIRE(bind(listener.get(), any, length) == 0);
    REQUIRE(listen(listener.get(), 1) == 0);
    REQUIRE(getsockname(listener.get(), any, &length) == 0);
    descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(connect(descriptor, any, length) == 0);
    other_ = Handle(accept(listener.get(), nullptr, nullptr));
    const linger wait{1, seconds};
    REQUIRE(setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &wait,
                       sizeof(wait)) == 0);
    const std::vector<char> bytes(1 << 20);
    while (send(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) {
    }
  }
  // Closes it here; another is left somewhere.
  void Forget() const { close(descriptor); }

  int descriptor;

 private:
  Handle other_;
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_LINGERING_SOCKET_H_
