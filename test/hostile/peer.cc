// A process that breaks the rules of native/README.md, for the tests next to
// it: `peer <what> <address> [number]`. Says `ready` once it has done so, and
// stays until it is killed. Knows the protocol only by its structs.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>

#include <cstring>
#include <string>
#include <vector>

#include "lies.h"

using namespace ringwire;           // NOLINT(google-build-using-namespace)
using namespace ringwire::hostile;  // NOLINT(google-build-using-namespace)

namespace {

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
  if (!SendWith(to, bytes, size, {one})) {
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

// Hands over more such connections than anybody may hand over, and mentions
// them in a message.
void HandOverManyLingering(const std::string& address, int seconds) {
  std::vector<int> many(12);
  for (int& one : many) one = Lingering(seconds);
  const Linked link(address);
  link.Accept();
  const HandOver note{kHandOverMagic, 1, kSharedUnit};
  if (!SendWith(link.socket, &note, sizeof(note), many)) Die("hand over");
  for (const int one : many) close(one);
  MessageLies().at("a ticket in a message")(link);
  link.Press();
  Ready();
  StayForEver();
}

// Says that a body is coming, and nothing else.
void Announce(const std::string& address, uint32_t length) {
  const Linked link(address);
  link.up().Add({0, length, 0, 0, kRecordFirst});
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
  const int listener = Listen(name, 0);
  while (TryConnect(name) >= 0) continue;
  Ready();
  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) > 0) continue;
  const Offer offer = AnOffer(Status::kBadToken);
  for (;;) {
    const int one = accept(listener, nullptr, nullptr);
    if (one < 0) Die("accept");
    send(one, &offer, sizeof(offer), MSG_NOSIGNAL);
    // Not closed: bytes that nobody read would take the offer with them.
  }
}

// Finishes the handshake, one byte now and then if `slowly`, and lies.
void LieOnLink(const std::string& lie, const std::string& address,
               bool slowly) {
  LinkLies lies = RingLies();
  for (LinkLies more : {MessageLies(), ParcelLies()}) lies.merge(more);
  const auto tell = lies.at(lie);
  AwaitBegin();
  const Linked link(address, slowly);
  link.Accept();
  tell(link);
  link.Press();
  StayForEver();
}

// Lies in its handshake, and says which verdict it got; -1: a hang-up.
void LieInHello(const std::string& lie, const std::string& address) {
  const auto tell = HelloLies().at(lie);
  AwaitBegin();
  const int to = Connect(address);
  tell(to);
  Offer offer{};
  const bool told =
      recv(to, &offer, sizeof(offer), MSG_WAITALL) == sizeof(offer);
  printf("%d\n", told ? static_cast<int>(offer.verdict) : -1);
  fflush(stdout);
  StayForEver();
}

// Listens, and lies to whoever comes.
void LieInOffer(const std::string& lie, const std::string& address) {
  const auto tell = OfferLies().at(lie);
  const int listener = Listen(address, 1);
  Ready();
  const int to = accept(listener, nullptr, nullptr);
  if (to < 0) Die("accept");
  tell(to);
  StayForEver();
}

// Names them, so that the tests can say whether they know them all.
template <typename Lies>
void List(const char* where, const Lies& lies) {
  for (const auto& [lie, tell] : lies) printf("%s\t%s\n", where, lie.c_str());
}

void ListAll() {
  List("ring", RingLies());
  List("message", MessageLies());
  List("parcel", ParcelLies());
  List("hello", HelloLies());
  List("offer", OfferLies());
}

}  // namespace

int main(int count, char** values) {
  if (count < 3) return 2;
  const std::string what = values[1];
  const std::string address = values[2];
  if (what == "list") {
    ListAll();
    return 0;
  }
  const char* const number = count > 3 ? values[3] : "0";
  if (what == "announce") {
    Announce(address, static_cast<uint32_t>(strtoul(number, nullptr, 10)));
  } else if (what == "flood") {
    Flood(address, false);
  } else if (what == "flood-with-hello") {
    Flood(address, true);
  } else if (what == "with-many") {
    HandOverManyLingering(address, atoi(number));
  } else if (what == "dam") {
    Dam(address);
  } else if (what == "link" || what == "link-slowly") {
    LieOnLink(number, address, what == "link-slowly");
  } else if (what == "hello") {
    LieInHello(number, address);
  } else if (what == "offer") {
    LieInOffer(number, address);
  } else {
    HandOverLingering(what, address, atoi(number));
  }
}
