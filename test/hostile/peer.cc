// A process that breaks the rules of native/README.md, for the tests next to
// it: `peer <what> <address> [number]`. Says `ready` once it has done so, and
// stays until it is killed. Knows the protocol only by its structs.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/mman.h>
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

#include "link/handshake.h"
#include "ring/layout.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

[[noreturn]] void Die(const char* what) {
  perror(what);
  exit(1);
}

void Ready() {
  puts("ready");
  fflush(stdout);
}

[[noreturn]] void StayForEver() {
  for (;;) pause();
}

sockaddr_un Address(const std::string& name, socklen_t* length) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  memcpy(address.sun_path + 1, name.data(), name.size());
  *length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  return address;
}

// -1 while the listener's queue is full.
int TryConnect(const std::string& name) {
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

int Connect(const std::string& name) {
  const int one = TryConnect(name);
  if (one < 0) Die("connect");
  fcntl(one, F_SETFL, 0);
  return one;
}

Hello AHello(uint8_t token) {
  Hello hello{};
  hello.magic = kHandshakeMagic;
  hello.version = kProtocolVersion;
  hello.size = sizeof(hello);
  memset(hello.token, token, sizeof(hello.token));
  return hello;
}

bool SendWith(int to, const void* bytes, size_t size, int descriptor) {
  iovec data{const_cast<void*>(bytes), size};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))]{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
  return sendmsg(to, &message, MSG_NOSIGNAL) >= 0;
}

// A connection with bytes that nobody will ever read: who closes it last waits
// for `seconds`.
int Lingering(int seconds) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      listen(listener, 1) != 0 ||
      getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length) !=
          0) {
    Die("listen");
  }
  const int one = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(one, reinterpret_cast<sockaddr*>(&address), length) != 0) {
    Die("connect");
  }
  const linger wait{1, seconds};
  setsockopt(one, SOL_SOCKET, SO_LINGER, &wait, sizeof(wait));
  const std::vector<char> bytes(1 << 20);
  while (send(one, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) continue;
  return one;
}

// Hands such a connection over, in one of the places where a peer can.
void HandOverLingering(const std::string& where, const std::string& address,
                       int seconds) {
  const int one = Lingering(seconds);
  const int to = Connect(address);
  const Hello hello = AHello(where == "with-wrong-token" ? 1 : 0);
  const bool garbage = where == "with-garbage";
  const char nonsense[sizeof(hello)] = "this is no hello";
  const void* const bytes =
      garbage ? nonsense : static_cast<const void*>(&hello);
  const size_t size = where == "with-part" ? 8 : sizeof(hello);
  // Where the listener takes no descriptors the kernel says so here.
  if (!SendWith(to, bytes, size, one)) {
    const linger none{0, 0};
    setsockopt(one, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
    send(to, bytes, size, MSG_NOSIGNAL);
  }
  close(one);
  Ready();
  if (where == "with-part") {
    // Until the listener has looked at it, and then an end.
    usleep(200'000);
    close(to);
  }
  StayForEver();
}

// A finished handshake, in the peer's own words.
struct Linked {
  explicit Linked(const std::string& address) : socket(Connect(address)) {
    const Hello hello = AHello(0);
    if (write(socket, &hello, sizeof(hello)) != sizeof(hello)) Die("hello");
    Offer offer{};
    iovec data{&offer, sizeof(offer)};
    alignas(cmsghdr) char control[CMSG_SPACE(3 * sizeof(int))]{};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    if (recvmsg(socket, &message, MSG_WAITALL) != sizeof(offer)) Die("offer");
    memcpy(handles, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(handles));
    events = offer.event_capacity;
    const size_t size =
        kPageSize + 2 * size_t{events} + 2 * size_t{offer.reply_capacity};
    data_ = static_cast<uint8_t*>(
        mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, handles[0], 0));
    if (data_ == MAP_FAILED) Die("mmap");
  }

  void Accept() const {
    const ringwire::Accept accept{kHandshakeMagic, Status::kOk};
    if (write(socket, &accept, sizeof(accept)) != sizeof(accept)) Die("accept");
  }
  RingControl* up() const {
    return &reinterpret_cast<SegmentHeader*>(data_)->up;
  }
  // A record of a header alone, at a position of `up`; publishes nothing.
  void Put(uint64_t at, const RecordHeader& header) const {
    memcpy(data_ + kPageSize + at % events, &header, sizeof(header));
  }
  void Press() const {
    const uint64_t one = 1;
    if (write(handles[2], &one, sizeof(one)) < 0) Die("press");
  }

  int socket;
  int handles[3];
  uint32_t events;

 private:
  uint8_t* data_;
};

// Says that a body is coming, and nothing else.
void Announce(const std::string& address, uint32_t length) {
  const Linked link(address);
  link.Put(0, {0, length, 0, 0, kRecordFirst});
  link.up()->writer.tail.store(sizeof(RecordHeader));
  link.Accept();
  link.Press();
  Ready();
  StayForEver();
}

// Connects again and again, and then says nothing, or a hello and no more.
void Flood(const std::string& address, bool with_hello) {
  const Hello hello = AHello(0);
  std::vector<pollfd> open;
  constexpr size_t kMostOpen = 400;
  for (bool told = false;; told = true) {
    for (int i = 0; i < 50 && open.size() < kMostOpen; ++i) {
      const int one = TryConnect(address);
      if (one < 0) break;
      if (with_hello) send(one, &hello, sizeof(hello), MSG_NOSIGNAL);
      open.push_back({one, POLLRDHUP, 0});
    }
    if (!told) Ready();
    poll(open.data(), open.size(), 1);
    std::vector<pollfd> left;
    for (const pollfd& one : open) {
      if ((one.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) {
        close(one.fd);
      } else {
        left.push_back(one);
      }
    }
    open.swap(left);
  }
}

// Listens with a queue that is full until standard input ends. Then it tells
// everybody who comes that the token is unknown.
void Dam(const std::string& name) {
  socklen_t length = 0;
  const sockaddr_un address = Address(name, &length);
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), length) !=
          0 ||
      listen(listener, 0) != 0) {
    Die("listen");
  }
  while (TryConnect(name) >= 0) continue;
  Ready();
  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) > 0) continue;
  Offer offer{};
  offer.magic = kHandshakeMagic;
  offer.version = kProtocolVersion;
  offer.size = sizeof(offer);
  offer.verdict = Status::kBadToken;
  for (;;) {
    const int one = accept(listener, nullptr, nullptr);
    if (one < 0) Die("accept");
    send(one, &offer, sizeof(offer), MSG_NOSIGNAL);
    // Not closed: bytes that nobody read would take the offer with them.
  }
}

}  // namespace

int main(int count, char** values) {
  if (count < 3) return 2;
  const std::string what = values[1];
  const std::string address = values[2];
  const char* const number = count > 3 ? values[3] : "0";
  if (what == "announce") {
    Announce(address, static_cast<uint32_t>(strtoul(number, nullptr, 10)));
  } else if (what == "flood") {
    Flood(address, false);
  } else if (what == "flood-with-hello") {
    Flood(address, true);
  } else if (what == "dam") {
    Dam(address);
  } else {
    HandOverLingering(what, address, atoi(number));
  }
}
