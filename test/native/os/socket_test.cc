#include "os/socket.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <deque>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "helpers/address.h"
#include "helpers/descriptor_limit.h"
#include "helpers/lingering_socket.h"
#include "helpers/open_descriptors.h"
#include "helpers/send_descriptors.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

struct Pair {
  Pair() {
    SystemError error;
    REQUIRE(Socket::Pair(&one, &other, &error));
  }

  Socket one;
  Socket other;
};

Socket Listening(const std::string& name) {
  Socket socket;
  SystemError error;
  REQUIRE(Socket::Listen(name, &socket, &error));
  return socket;
}

Socket Connected(const std::string& name) {
  Socket socket;
  SystemError error;
  REQUIRE(Socket::Connect(name, &socket, &error));
  return socket;
}

std::string ReceiveText(Socket* socket) {
  char text[64];
  size_t got = 0;
  std::vector<Handle> handles;
  const IoResult result =
      socket->Receive(text, sizeof(text), &got, &handles, 0);
  return result == IoResult::kOk ? std::string(text, got) : "";
}

IoResult SendText(Socket* socket, const std::string& text) {
  return socket->Send(text.data(), text.size(), nullptr, 0);
}

IoResult SendDescriptors(Socket* socket, size_t count) {
  const std::vector<int> descriptors(count, socket->waitable());
  return socket->Send("x", 1, descriptors.data(), descriptors.size());
}

}  // namespace

TEST_CASE("bytes arrive at the other end") {
  Pair pair;
  CHECK(SendText(&pair.one, "there") == IoResult::kOk);
  CHECK(ReceiveText(&pair.other) == "there");
  CHECK(SendText(&pair.other, "and back") == IoResult::kOk);
  CHECK(ReceiveText(&pair.one) == "and back");
}

TEST_CASE("receiving from a silent peer does not block") {
  Pair pair;
  // A peer that shares our end could make it blocking; it still would not.
  REQUIRE(fcntl(pair.one.waitable(), F_SETFL, 0) == 0);
  uint8_t byte = 0;
  size_t got = 0;
  std::vector<Handle> handles;
  CHECK(pair.one.Receive(&byte, 1, &got, &handles, 0) == IoResult::kAgain);
}

TEST_CASE("sending to a peer that does not read ends in kAgain, not blocking") {
  Pair pair;
  REQUIRE(fcntl(pair.one.waitable(), F_SETFL, 0) == 0);
  const std::string block(4096, 'x');
  IoResult result = IoResult::kOk;
  while (result == IoResult::kOk) result = SendText(&pair.one, block);
  // A stream takes the last block in part, which is an error here.
  CHECK((result == IoResult::kAgain || result == IoResult::kError));
}

TEST_CASE("descriptors arrive as new ones that other programs do not inherit") {
  Pair pair;
  Pair sent;
  const int descriptors[] = {sent.one.waitable(), sent.other.waitable()};
  REQUIRE(pair.one.Send("ab", 2, descriptors, 2) == IoResult::kOk);
  char text[2];
  size_t got = 0;
  std::vector<Handle> handles;
  REQUIRE(pair.other.Receive(text, 2, &got, &handles, 2) == IoResult::kOk);
  CHECK(got == 2);
  REQUIRE(handles.size() == 2);
  CHECK(handles[0].get() != descriptors[0]);
  CHECK((fcntl(handles[0].get(), F_GETFD) & FD_CLOEXEC) != 0);
  REQUIRE(write(handles[0].get(), "y", 1) == 1);
  CHECK(ReceiveText(&sent.other) == "y");
}

TEST_CASE("surplus descriptors are closed") {
  Pair pair;
  const size_t before = OpenDescriptors();
  REQUIRE(SendDescriptors(&pair.one, 5) == IoResult::kOk);
  char text[1];
  size_t got = 0;
  {
    std::vector<Handle> handles;
    REQUIRE(pair.other.Receive(text, 1, &got, &handles, 2) == IoResult::kOk);
    CHECK(handles.size() == 2);
    CHECK(OpenDescriptors() == before + 2);
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("more descriptors than anybody may send are an error, and closed") {
  Pair pair;
  const size_t before = OpenDescriptors();
  CHECK(SendDescriptors(&pair.one, 9) == IoResult::kError);
  for (const size_t count : {size_t{9}, size_t{253}}) {
    CAPTURE(count);
    const int descriptor = pair.one.waitable();
    REQUIRE(SendWith(descriptor, "x", 1, std::vector<int>(count, descriptor)));
    char byte = 0;
    size_t got = 0;
    std::vector<Handle> handles;
    SystemError error;
    CHECK(pair.other.Receive(&byte, 1, &got, &handles, 4, &error) ==
          IoResult::kError);
    CHECK(error.code == EPROTO);
    CHECK(handles.empty());
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("more descriptors than anybody may send hold nobody up") {
  constexpr int kSeconds = 20;
  const size_t before = OpenDescriptors();
  {
    Pair pair;
    std::deque<LingeringSocket> lingering;
    std::vector<int> descriptors(9);
    for (int& each : descriptors) {
      each = lingering.emplace_back(kSeconds).descriptor;
    }
    REQUIRE(SendWith(pair.one.waitable(), "x", 1, descriptors));
    for (const LingeringSocket& each : lingering) each.Forget();
    const auto start = std::chrono::steady_clock::now();
    char byte = 0;
    size_t got = 0;
    std::vector<Handle> handles;
    CHECK(pair.other.Receive(&byte, 1, &got, &handles, 1) == IoResult::kError);
    CHECK(std::chrono::steady_clock::now() - start <
          std::chrono::seconds(kSeconds / 2));
  }
  // Their other ends are gone: nothing is left to wait for.
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("descriptors that find no room in this process are an error") {
  Pair pair;
  REQUIRE(SendDescriptors(&pair.one, 2) == IoResult::kOk);
  char byte;
  size_t got = 0;
  std::vector<Handle> handles;
  const NoNewDescriptors limit;
  CHECK(pair.other.Receive(&byte, 1, &got, &handles, 2) == IoResult::kError);
  CHECK(handles.empty());
}

TEST_CASE("a closed peer is seen by every call, and what it sent before") {
  Pair pair;
  CHECK_FALSE(pair.one.HungUp());
  REQUIRE(SendText(&pair.other, "bye") == IoResult::kOk);
  pair.other.Close();
  CHECK(pair.one.HungUp());
  CHECK(pair.one.WaitReadable(-1));
  CHECK(ReceiveText(&pair.one) == "bye");
  char byte;
  size_t got = 1;
  std::vector<Handle> handles;
  CHECK(pair.one.Receive(&byte, 1, &got, &handles, 0) == IoResult::kClosed);
  // No SIGPIPE: that would have ended this test.
  CHECK(SendText(&pair.one, "x") == IoResult::kClosed);
}

TEST_CASE("a peer that is closed with unread bytes is closed, not an error") {
  Pair pair;
  REQUIRE(SendText(&pair.one, "unread") == IoResult::kOk);
  pair.other.Close();
  char byte;
  size_t got = 0;
  std::vector<Handle> handles;
  CHECK(pair.one.Receive(&byte, 1, &got, &handles, 0) == IoResult::kClosed);
}

TEST_CASE("a peer that stops sending counts as hung up") {
  const Pair pair;
  REQUIRE(shutdown(pair.other.waitable(), SHUT_WR) == 0);
  CHECK(pair.one.HungUp());
}

TEST_CASE("waiting for a silent peer ends at its deadline") {
  const Pair pair;
  CHECK_FALSE(pair.one.WaitReadable(0));
  CHECK_FALSE(pair.one.WaitReadable(1));
}

TEST_CASE("waiting ends when bytes come") {
  Pair pair;
  bool readable = false;
  std::thread waiter([&] { readable = pair.one.WaitReadable(-1); });
  CHECK(SendText(&pair.other, "x") == IoResult::kOk);
  waiter.join();
  CHECK(readable);
}

TEST_CASE("an abstract name connects those who know it") {
  const std::string name = NewAddress();
  Socket listener = Listening(name);
  Socket peer;
  CHECK(listener.Accept(&peer) == IoResult::kAgain);
  Socket client = Connected(name);
  REQUIRE(listener.Accept(&peer) == IoResult::kOk);
  CHECK(SendText(&client, "hello") == IoResult::kOk);
  CHECK(ReceiveText(&peer) == "hello");
  for (const Socket* each : {&listener, &client, &peer}) {
    CHECK((fcntl(each->waitable(), F_GETFD) & FD_CLOEXEC) != 0);
    CHECK((fcntl(each->waitable(), F_GETFL) & O_NONBLOCK) != 0);
  }
}

TEST_CASE("the kernel names the process and the user of a peer") {
  const std::string name = NewAddress();
  Socket listener = Listening(name);
  Socket client = Connected(name);
  Socket peer;
  REQUIRE(listener.Accept(&peer) == IoResult::kOk);
  PeerIdentity identity;
  SystemError error;
  for (const Socket* each : {&client, &peer}) {
    identity = {};
    REQUIRE(each->Identify(&identity, &error));
    CHECK(identity.process == static_cast<ProcessId>(getpid()));
    CHECK(identity.same_user);
  }
  CHECK_FALSE(Socket().Identify(&identity, &error));
  CHECK(std::string(error.call) == "getsockopt(SO_PEERCRED)");
  CHECK(error.code == EBADF);
}

TEST_CASE("a name in use is refused, and free again once it is closed") {
  const std::string name = NewAddress();
  Socket listener = Listening(name);
  Socket second;
  SystemError error;
  CHECK_FALSE(Socket::Listen(name, &second, &error));
  CHECK(std::string(error.call) == "bind");
  CHECK(error.code == EADDRINUSE);
  listener.Close();
  CHECK(Socket::Listen(name, &second, &error));
}

TEST_CASE("nobody listens on a name that nobody took") {
  Socket socket;
  SystemError error;
  CHECK_FALSE(Socket::Connect(NewAddress(), &socket, &error));
  CHECK(std::string(error.call) == "connect");
  CHECK(error.code == ECONNREFUSED);
}

TEST_CASE("a name is taken as it is, at most 107 bytes, not empty") {
  const std::string longest = NewAddress() + std::string(107, 'x');
  Socket socket;
  SystemError error;
  CHECK(Socket::Listen(longest.substr(0, 107), &socket, &error));
  CHECK_FALSE(Socket::Connect(longest.substr(0, 106), &socket, &error));
  CHECK(error.code == ECONNREFUSED);
  for (const std::string& name : {longest.substr(0, 108), std::string()}) {
    CHECK_FALSE(Socket::Listen(name, &socket, &error));
    CHECK(std::string(error.call) == "bind");
    CHECK(error.code == ENAMETOOLONG);
    CHECK_FALSE(Socket::Connect(name, &socket, &error));
    CHECK(error.code == ENAMETOOLONG);
  }
}

TEST_CASE("a listener without descriptors hangs up instead of spinning") {
  const std::string name = NewAddress();
  Socket listener = Listening(name);
  const Socket first = Connected(name);
  const Socket second = Connected(name);
  Socket peer;
  IoResult results[3];
  {
    const AllDescriptorsTaken limit;
    for (IoResult& result : results) result = listener.Accept(&peer);
  }
  CHECK(results[0] == IoResult::kError);
  CHECK(results[1] == IoResult::kError);
  CHECK(results[2] == IoResult::kAgain);
  CHECK_FALSE((peer.waitable() != kNoHandle));
  CHECK(first.HungUp());
  CHECK(second.HungUp());

  const Socket third = Connected(name);
  REQUIRE(listener.Accept(&peer) == IoResult::kOk);
  CHECK_FALSE(third.HungUp());
  listener.Close();
  SystemError error;
  CHECK(Socket::Listen(name, &listener, &error));
}

TEST_CASE("a listener that lost its spare descriptor gets another") {
  const std::string name = NewAddress();
  Socket listener = Listening(name);
  Socket peer;
  const Socket first = Connected(name);
  {
    // Not even the number of the spare one is allowed now.
    const NoNewDescriptors limit;
    CHECK(listener.Accept(&peer) == IoResult::kError);
  }
  CHECK_FALSE(first.HungUp());
  REQUIRE(listener.Accept(&peer) == IoResult::kOk);
  const Socket second = Connected(name);
  {
    const AllDescriptorsTaken limit;
    CHECK(listener.Accept(&peer) == IoResult::kError);
  }
  CHECK(second.HungUp());
}
