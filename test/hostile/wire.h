#ifndef RINGWIRE_TEST_HOSTILE_WIRE_H_
#define RINGWIRE_TEST_HOSTILE_WIRE_H_

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "helpers/send_descriptors.h"
#include "link/handshake.h"

// What a hostile process does on the way to a link. Whatever it cannot do ends
// it, and so fails its test.

namespace ringwire::hostile {

[[noreturn]] inline void Die(const char* what) {
  perror(what);
  exit(1);
}

// Tells the test that what it waits for is done.
inline void Ready() {
  puts("ready");
  fflush(stdout);
}

// Until the test has counted what it is going to count again.
inline void AwaitBegin() {
  char byte = 0;
  if (read(STDIN_FILENO, &byte, 1) != 1) exit(1);
}

[[noreturn]] inline void StayForEver() {
  for (;;) pause();
}

inline sockaddr_un Address(const std::string& name, socklen_t* length) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  memcpy(address.sun_path + 1, name.data(), name.size());
  *length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  return address;
}

// -1 while the listener's queue is full.
inline int TryConnect(const std::string& name) {
  socklen_t length = 0;
  const sockaddr_un address = Address(name, &length);
  const int one = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (one < 0) Die("socket");
  if (connect(one, reinterpret_cast<const sockaddr*>(&address), length) == 0) {
    return one;
  }
  if (errno != EAGAIN) Die("connect");
  close(one);
  return -1;
}

inline int Connect(const std::string& name) {
  const int one = TryConnect(name);
  if (one < 0) Die("connect");
  fcntl(one, F_SETFL, 0);
  return one;
}

// Listens with a queue of so many.
inline int Listen(const std::string& name, int queue) {
  socklen_t length = 0;
  const sockaddr_un address = Address(name, &length);
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), length) !=
          0 ||
      listen(listener, queue) != 0) {
    Die("listen");
  }
  return listener;
}

inline Hello AHello(uint8_t token) {
  Hello hello{};
  hello.magic = kHandshakeMagic;
  hello.version = kProtocolVersion;
  hello.size = sizeof(hello);
  memset(hello.token, token, sizeof(hello.token));
  return hello;
}

inline Offer AnOffer(Status verdict) {
  Offer offer{};
  offer.magic = kHandshakeMagic;
  offer.version = kProtocolVersion;
  offer.size = sizeof(offer);
  offer.verdict = verdict;
  return offer;
}

// With a pause before each byte.
inline void SendSlowly(int to, const void* bytes, size_t size) {
  constexpr useconds_t kPause = 50'000;
  for (size_t i = 0; i < size; ++i) {
    usleep(kPause);
    if (send(to, static_cast<const char*>(bytes) + i, 1, MSG_NOSIGNAL) != 1) {
      Die("send");
    }
  }
}

}  // namespace ringwire::hostile

#endif  // RINGWIRE_TEST_HOSTILE_WIRE_H_
