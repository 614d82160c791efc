#include "link/handshake.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "helpers/address.h"
#include "helpers/descriptor_limit.h"
#include "helpers/lingering_socket.h"
#include "helpers/open_descriptors.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint32_t kEvents = kMinLinkCapacity;
constexpr uint32_t kReplies = 2 * kMinLinkCapacity;

Token SomeToken() {
  Token token{};
  for (size_t i = 0; i < token.size(); ++i) {
    token[i] = static_cast<uint8_t>(3 * i + 1);
  }
  return token;
}

template <typename T>
IoResult SendStruct(Socket* socket, const T& value) {
  return socket->Send(&value, sizeof(value), nullptr, 0);
}

template <typename T>
bool ReceiveStruct(Socket* socket, T* value,
                   std::vector<Handle>* handles = nullptr) {
  std::vector<Handle> none;
  size_t got = 0;
  return socket->Receive(value, sizeof(T), &got,
                         handles == nullptr ? &none : handles,
                         8) == IoResult::kOk &&
         got == sizeof(T);
}

Hello GoodHello() {
  Hello hello{};
  hello.magic = kHandshakeMagic;
  hello.version = kProtocolVersion;
  hello.size = sizeof(Hello);
  const Token token = SomeToken();
  std::copy(token.begin(), token.end(), std::begin(hello.token));
  return hello;
}

// The acceptor under test, and a connector written by hand.
struct AcceptorAndPeer {
  AcceptorAndPeer() : AcceptorAndPeer(NewPair()) {}

  // As far as the offer.
  void Offer() {
    REQUIRE(SendStruct(&peer, GoodHello()) == IoResult::kOk);
    REQUIRE(acceptor.Advance() == HandshakeStep::kDecide);
    REQUIRE(acceptor.MakeOffer() == HandshakeStep::kWait);
  }
  void CheckFailed(HandshakeStep step, Status status) {
    CHECK(step == HandshakeStep::kFailed);
    CHECK(acceptor.status() == status);
    CHECK(acceptor.waitable() == kNoHandle);
    CHECK(acceptor.Advance() == HandshakeStep::kFailed);
  }
  // The reason that the peer is told, and that no descriptor came with it.
  Status ToldReason() {
    struct Offer offer{};
    std::vector<Handle> handles;
    REQUIRE(ReceiveStruct(&peer, &offer, &handles));
    CHECK(offer.magic == kHandshakeMagic);
    CHECK(offer.version == kProtocolVersion);
    CHECK(offer.size == sizeof(offer));
    CHECK(handles.empty());
    CHECK(peer.HungUp());
    return offer.verdict;
  }

  Socket peer;
  AcceptorHandshake acceptor;

 private:
  struct Ends {
    Socket one;
    Socket other;
  };
  static Ends NewPair() {
    Ends ends;
    SystemError error;
    REQUIRE(Socket::Pair(&ends.one, &ends.other, &error));
    return ends;
  }
  explicit AcceptorAndPeer(Ends ends)
      : peer(std::move(ends.other)),
        acceptor(std::move(ends.one), kEvents, kReplies) {}
};

// The connector under test, and an acceptor written by hand.
struct ConnectorAndPeer {
  ConnectorAndPeer() : ConnectorAndPeer(NewAddress()) {}

  void CheckFailed(HandshakeStep step, Status status) {
    CHECK(step == HandshakeStep::kFailed);
    CHECK(connector.status() == status);
    CHECK(connector.waitable() == kNoHandle);
    CHECK(connector.Advance() == HandshakeStep::kFailed);
  }
  // What the connector answered; kOk when it accepted.
  Status Answer() {
    Accept accept{};
    REQUIRE(ReceiveStruct(&peer, &accept));
    CHECK(accept.magic == kHandshakeMagic);
    return accept.verdict;
  }

  Socket listener;
  ConnectorHandshake connector;
  Socket peer;
  Hello hello{};

 private:
  explicit ConnectorAndPeer(const std::string& address)
      : listener(Listening(address)), connector(address, SomeToken()) {
    REQUIRE(listener.Accept(&peer) == IoResult::kOk);
    REQUIRE(ReceiveStruct(&peer, &hello));
  }
  static Socket Listening(const std::string& address) {
    Socket socket;
    SystemError error;
    REQUIRE(Socket::Listen(address, &socket, &error));
    return socket;
  }
};

// An offer that a connector accepts; the tests spoil one thing each.
struct OfferParts {
  OfferParts() {
    offer.magic = kHandshakeMagic;
    offer.version = kProtocolVersion;
    offer.size = sizeof(Offer);
    offer.verdict = Status::kOk;
    offer.event_capacity = kEvents;
    offer.reply_capacity = kReplies;
    segment = Memory(SegmentSize(kEvents, kReplies), kAllSeals);
    SystemError error;
    REQUIRE(Doorbell::Create(&doorbell, &error));
    button = Button::Adopt(Handle(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)));
  }

  static Handle Memory(size_t size, int seals) {
    Handle handle(memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    REQUIRE(ftruncate(handle.get(), static_cast<off_t>(size)) == 0);
    REQUIRE(fcntl(handle.get(), F_ADD_SEALS, seals) == 0);
    return handle;
  }

  std::vector<int> Descriptors() const {
    return {segment.get(), doorbell.waitable(), button.handle().get()};
  }
  void Send(Socket* socket) const { Send(socket, Descriptors()); }
  void Send(Socket* socket, const std::vector<int>& descriptors) const {
    REQUIRE(socket->Send(&offer, sizeof(offer), descriptors.data(),
                         descriptors.size()) == IoResult::kOk);
  }

  static constexpr int kAllSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
  Offer offer{};
  Handle segment;
  Doorbell doorbell;
  Button button;
};

// Sends a spoilt offer; returns the status that the connector ends with.
template <typename Spoil>
Status StatusAfter(Spoil spoil) {
  const size_t before = OpenDescriptors();
  Status status = Status::kOk;
  {
    ConnectorAndPeer it;
    OfferParts parts;
    spoil(&parts);
    parts.Send(&it.peer);
    const HandshakeStep step = it.connector.Advance();
    status = it.connector.status();
    it.CheckFailed(step, status);
  }
  CHECK(OpenDescriptors() == before);
  return status;
}

bool Readable(int descriptor) {
  pollfd ready{descriptor, POLLIN, 0};
  return poll(&ready, 1, 0) > 0;
}

// Runs `what` on a thread that belongs to another user for the kernel.
template <typename What>
void AsAnotherUser(What what) {
  std::thread([&] {
    constexpr uid_t kNobody = 65534;
    syscall(SYS_setresuid, -1, kNobody, -1);
    what();
  }).join();
}

}  // namespace

TEST_CASE("handshake: its messages lie where README says") {
  CHECK(kProtocolVersion == 3);
  CHECK(kHandshakeMagic == 0x52574952);
  CHECK(kTokenLength == 32);
  CHECK(kHeadCapacity == 16384);
  CHECK(kMinLinkCapacity == 65536);

  CHECK(sizeof(Hello) == 40);
  CHECK(offsetof(Hello, magic) == 0);
  CHECK(offsetof(Hello, version) == 4);
  CHECK(offsetof(Hello, size) == 6);
  CHECK(offsetof(Hello, token) == 8);

  CHECK(sizeof(Offer) == 24);
  CHECK(offsetof(Offer, magic) == 0);
  CHECK(offsetof(Offer, version) == 4);
  CHECK(offsetof(Offer, size) == 6);
  CHECK(offsetof(Offer, verdict) == 8);
  CHECK(offsetof(Offer, event_capacity) == 12);
  CHECK(offsetof(Offer, reply_capacity) == 16);
  CHECK(offsetof(Offer, error) == 20);

  CHECK(sizeof(Accept) == 8);
  CHECK(offsetof(Accept, magic) == 0);
  CHECK(offsetof(Accept, verdict) == 4);
}

TEST_CASE("handshake: two honest sides come to a link") {
  const std::string address = NewAddress();
  Socket listener;
  SystemError error;
  REQUIRE(Socket::Listen(address, &listener, &error));
  ConnectorHandshake connector(address, SomeToken());
  CHECK(connector.status() == Status::kOk);
  CHECK(connector.Advance() == HandshakeStep::kWait);

  Socket socket;
  REQUIRE(listener.Accept(&socket) == IoResult::kOk);
  AcceptorHandshake acceptor(std::move(socket), kEvents, kReplies);
  CHECK(acceptor.peer_process() == getpid());
  REQUIRE(acceptor.Advance() == HandshakeStep::kDecide);
  CHECK(acceptor.Advance() == HandshakeStep::kDecide);
  CHECK(acceptor.token() == SomeToken());
  REQUIRE(acceptor.MakeOffer() == HandshakeStep::kWait);
  CHECK(acceptor.Advance() == HandshakeStep::kWait);
  REQUIRE(connector.Advance() == HandshakeStep::kDone);
  REQUIRE(acceptor.Advance() == HandshakeStep::kDone);
  CHECK(acceptor.Advance() == HandshakeStep::kDone);
  CHECK(connector.Advance() == HandshakeStep::kDone);

  LinkParts mine = acceptor.TakeParts();
  LinkParts theirs = connector.TakeParts();
  CHECK(mine.role == Role::kAcceptor);
  CHECK(theirs.role == Role::kConnector);
  for (LinkParts* parts : {&mine, &theirs}) {
    CHECK(parts->event_capacity == kEvents);
    CHECK(parts->reply_capacity == kReplies);
    CHECK(parts->peer_process == static_cast<ProcessId>(getpid()));
    CHECK(parts->segment.size() == SegmentSize(kEvents, kReplies));
    CHECK_FALSE(parts->socket.HungUp());
    parts->wakers.own_button.Press();
    CHECK(Readable(parts->wakers.doorbell.waitable()));
    parts->wakers.doorbell.Drain();
    CHECK_FALSE(Readable(parts->wakers.doorbell.waitable()));
  }
  mine.wakers.peer_button.Press();
  CHECK(Readable(theirs.wakers.doorbell.waitable()));
  CHECK_FALSE(Readable(mine.wakers.doorbell.waitable()));
  theirs.wakers.doorbell.Drain();
  theirs.wakers.peer_button.Press();
  CHECK(Readable(mine.wakers.doorbell.waitable()));
  CHECK_FALSE(Readable(theirs.wakers.doorbell.waitable()));

  const auto* const header =
      reinterpret_cast<const SegmentHeader*>(theirs.segment.data());
  CHECK(header->magic == kSegmentMagic);
  CHECK(header->version == kSegmentVersion);
  CHECK(header->event_capacity == kEvents);
  CHECK(header->reply_capacity == kReplies);
}

TEST_CASE("handshake: a done handshake keeps four descriptors a side") {
  const size_t before = OpenDescriptors();
  AcceptorAndPeer it;
  it.Offer();
  REQUIRE(SendStruct(&it.peer, Accept{kHandshakeMagic, Status::kOk}) ==
          IoResult::kOk);
  REQUIRE(it.acceptor.Advance() == HandshakeStep::kDone);
  LinkParts parts = it.acceptor.TakeParts();
  it.peer.Close();
  // Socket, doorbell, two buttons; the segment needs none any more.
  parts.segment.CloseHandle();
  CHECK(OpenDescriptors() == before + 4);
}

TEST_CASE("acceptor: a silent peer is waited for") {
  AcceptorAndPeer it;
  for (int i = 0; i < 3; ++i)
    CHECK(it.acceptor.Advance() == HandshakeStep::kWait);
  it.Offer();
  for (int i = 0; i < 3; ++i)
    CHECK(it.acceptor.Advance() == HandshakeStep::kWait);
}

TEST_CASE("acceptor: messages may come byte by byte") {
  AcceptorAndPeer it;
  const Hello hello = GoodHello();
  const auto* const bytes = reinterpret_cast<const uint8_t*>(&hello);
  for (size_t i = 0; i < sizeof(hello); ++i) {
    CHECK(it.acceptor.Advance() == HandshakeStep::kWait);
    REQUIRE(it.peer.Send(bytes + i, 1, nullptr, 0) == IoResult::kOk);
  }
  CHECK(it.acceptor.Advance() == HandshakeStep::kDecide);
  CHECK(it.acceptor.token() == SomeToken());
}

TEST_CASE("acceptor: a hello with another magic is no hello") {
  AcceptorAndPeer it;
  Hello hello = GoodHello();
  hello.magic ^= 1;
  REQUIRE(SendStruct(&it.peer, hello) == IoResult::kOk);
  it.CheckFailed(it.acceptor.Advance(), Status::kBadHandshake);
  CHECK(it.ToldReason() == Status::kBadHandshake);
}

TEST_CASE("acceptor: another version is told apart") {
  for (const int version : {0, kProtocolVersion + 1, 0xffff}) {
    CAPTURE(version);
    AcceptorAndPeer it;
    Hello hello = GoodHello();
    hello.version = static_cast<uint16_t>(version);
    hello.size = 1;  // whatever that version says
    REQUIRE(SendStruct(&it.peer, hello) == IoResult::kOk);
    it.CheckFailed(it.acceptor.Advance(), Status::kVersionMismatch);
    CHECK(it.ToldReason() == Status::kVersionMismatch);
  }
}

TEST_CASE("acceptor: a hello of another size is refused") {
  for (const int size : {0, 39, 41, 0xffff}) {
    CAPTURE(size);
    AcceptorAndPeer it;
    Hello hello = GoodHello();
    hello.size = static_cast<uint16_t>(size);
    REQUIRE(SendStruct(&it.peer, hello) == IoResult::kOk);
    it.CheckFailed(it.acceptor.Advance(), Status::kBadHandshake);
    CHECK(it.ToldReason() == Status::kBadHandshake);
  }
}

TEST_CASE("acceptor: its owner's reason to refuse reaches the peer") {
  for (const Status reason : {Status::kBadToken, Status::kRefused}) {
    AcceptorAndPeer it;
    REQUIRE(SendStruct(&it.peer, GoodHello()) == IoResult::kOk);
    REQUIRE(it.acceptor.Advance() == HandshakeStep::kDecide);
    it.CheckFailed(it.acceptor.Reject(reason), reason);
    CHECK(it.ToldReason() == reason);
  }
}

TEST_CASE("acceptor: a peer that hangs up within its hello failed") {
  for (size_t length = 0; length < sizeof(Hello); ++length) {
    CAPTURE(length);
    AcceptorAndPeer it;
    const Hello hello = GoodHello();
    if (length > 0) {
      REQUIRE(it.peer.Send(&hello, length, nullptr, 0) == IoResult::kOk);
    }
    it.peer.Close();
    it.CheckFailed(it.acceptor.Advance(), Status::kBadHandshake);
  }
}

TEST_CASE("acceptor: a peer that hangs up before the offer failed") {
  const size_t before = OpenDescriptors();
  {
    AcceptorAndPeer it;
    REQUIRE(SendStruct(&it.peer, GoodHello()) == IoResult::kOk);
    REQUIRE(it.acceptor.Advance() == HandshakeStep::kDecide);
    it.peer.Close();
    it.CheckFailed(it.acceptor.MakeOffer(), Status::kBadHandshake);
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("acceptor: a peer that hangs up before or within its accept failed") {
  const size_t before = OpenDescriptors();
  for (size_t length = 0; length < sizeof(Accept); ++length) {
    CAPTURE(length);
    AcceptorAndPeer it;
    it.Offer();
    const Accept accept{kHandshakeMagic, Status::kOk};
    if (length > 0) {
      REQUIRE(it.peer.Send(&accept, length, nullptr, 0) == IoResult::kOk);
      CHECK(it.acceptor.Advance() == HandshakeStep::kWait);
    }
    it.peer.Close();
    it.CheckFailed(it.acceptor.Advance(), Status::kBadHandshake);
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("acceptor: a peer that does not accept is not linked") {
  for (const Accept& accept :
       {Accept{kHandshakeMagic + 1, Status::kOk},
        Accept{kHandshakeMagic, Status::kBadHandshake},
        Accept{kHandshakeMagic, static_cast<Status>(-1)}}) {
    AcceptorAndPeer it;
    it.Offer();
    REQUIRE(SendStruct(&it.peer, accept) == IoResult::kOk);
    it.CheckFailed(it.acceptor.Advance(), Status::kRefused);
  }
}

TEST_CASE("acceptor: descriptors from a connector end the handshake") {
  const size_t before = OpenDescriptors();
  {
    AcceptorAndPeer it;
    const Hello hello = GoodHello();
    const std::vector<int> many(8, it.peer.waitable());
    SUBCASE("with the hello") {
      REQUIRE(it.peer.Send(&hello, sizeof(hello), many.data(), many.size()) ==
              IoResult::kOk);
    }
    SUBCASE("in the middle of it") {
      REQUIRE(it.peer.Send(&hello, 8, nullptr, 0) == IoResult::kOk);
      CHECK(it.acceptor.Advance() == HandshakeStep::kWait);
      REQUIRE(it.peer.Send(&hello, 8, many.data(), many.size()) ==
              IoResult::kOk);
    }
    it.CheckFailed(it.acceptor.Advance(), Status::kBadHandshake);
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("acceptor: a descriptor whose close() waits holds nobody up") {
  constexpr int kSeconds = 20;
  const size_t before = OpenDescriptors();
  {
    const LingeringSocket lingering(kSeconds);
    const auto start = std::chrono::steady_clock::now();
    {
      AcceptorAndPeer it;
      const Hello hello = GoodHello();
      REQUIRE(it.peer.Send(&hello, sizeof(hello), &lingering.descriptor, 1) ==
              IoResult::kOk);
      lingering.Forget();
      SUBCASE("looked at") {
        CHECK(it.acceptor.Advance() == HandshakeStep::kFailed);
      }
      SUBCASE("not even looked at") {}
    }
    CHECK(std::chrono::steady_clock::now() - start <
          std::chrono::seconds(kSeconds / 2));
  }
  // Its other end is gone: nothing is left to wait for.
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("acceptor: a shared buffer may follow the accept at once") {
  AcceptorAndPeer it;
  it.Offer();
  const Accept accept{kHandshakeMagic, Status::kOk};
  REQUIRE(SendStruct(&it.peer, accept) == IoResult::kOk);
  const int descriptor = it.peer.waitable();
  REQUIRE(it.peer.Send("buffer", 6, &descriptor, 1) == IoResult::kOk);
  REQUIRE(it.acceptor.Advance() == HandshakeStep::kDone);
  Socket socket = std::move(it.acceptor.TakeParts().socket);
  char bytes[16];
  size_t got = 0;
  std::vector<Handle> handles;
  REQUIRE(socket.Receive(bytes, sizeof(bytes), &got, &handles, 1) ==
          IoResult::kOk);
  CHECK(got == 6);
  CHECK(handles.size() == 1);
}

TEST_CASE("acceptor: a peer that is displaced is told so") {
  AcceptorAndPeer it;
  CHECK(it.acceptor.silent());
  it.CheckFailed(it.acceptor.Reject(Status::kRefused), Status::kRefused);
  CHECK(it.ToldReason() == Status::kRefused);
}

TEST_CASE("connector: what failed is known, on either side") {
  SUBCASE("here") {
    const std::string address = NewAddress();
    const NoNewDescriptors limit;
    const ConnectorHandshake connector(address, SomeToken());
    CHECK(connector.status() == Status::kSystem);
    CHECK(std::string(connector.error().call) == "socket");
    CHECK(connector.error().code == EMFILE);
  }
  SUBCASE("there") {
    ConnectorAndPeer it;
    Offer offer{};
    offer.magic = kHandshakeMagic;
    offer.version = kProtocolVersion;
    offer.size = sizeof(offer);
    offer.verdict = Status::kSystem;
    offer.error = ENFILE;
    REQUIRE(SendStruct(&it.peer, offer) == IoResult::kOk);
    it.CheckFailed(it.connector.Advance(), Status::kSystem);
    CHECK(std::string(it.connector.error().call) == "accept");
    CHECK(it.connector.error().code == ENFILE);
  }
}

TEST_CASE("connector: a reason given before the hello was sent is read") {
  const std::string address = NewAddress();
  Socket listener;
  SystemError error;
  REQUIRE(Socket::Listen(address, &listener, &error));
  // Enough that the listener hangs up before the hello in some of them.
  constexpr int kRounds = 2000;
  std::thread rejecting([&] {
    for (int i = 0; i < kRounds; ++i) {
      Socket socket;
      while (listener.Accept(&socket) != IoResult::kOk) {
      }
      AcceptorHandshake(std::move(socket), kEvents, kReplies)
          .Reject(Status::kBadToken);
    }
  });
  int told = 0;
  for (int i = 0; i < kRounds; ++i) {
    ConnectorHandshake connector(address, SomeToken());
    connector.Run(10'000);
    if (connector.status() == Status::kBadToken) ++told;
  }
  rejecting.join();
  CHECK(told == kRounds);
}

TEST_CASE("connector: blocking, a listener that takes nobody is asked again") {
  const std::string address = NewAddress();
  Socket listener;
  SystemError error;
  REQUIRE(Socket::Listen(address, &listener, &error));
  // So that one is enough to fill it.
  REQUIRE(listen(listener.waitable(), 0) == 0);
  Socket waiting;
  REQUIRE(Socket::Connect(address, &waiting, &error));
  SUBCASE("until its deadline") {
    CHECK(ConnectWithin(address, SomeToken(), 20)->status() ==
          Status::kRefused);
  }
  SUBCASE("until there is room") {
    std::thread accept([&] {
      // An attempt that was refused, and one that is not.
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      Socket first;
      REQUIRE(listener.Accept(&first) == IoResult::kOk);
      REQUIRE(listener.WaitReadable(10'000));
      Socket second;
      REQUIRE(listener.Accept(&second) == IoResult::kOk);
      AcceptorHandshake acceptor(std::move(second), kEvents, kReplies);
      acceptor.Reject(Status::kBadToken);
    });
    CHECK(ConnectWithin(address, SomeToken(), 10'000)->status() ==
          Status::kBadToken);
    accept.join();
  }
}

TEST_CASE("acceptor: without descriptors the peer learns of it") {
  AcceptorAndPeer it;
  REQUIRE(SendStruct(&it.peer, GoodHello()) == IoResult::kOk);
  REQUIRE(it.acceptor.Advance() == HandshakeStep::kDecide);
  HandshakeStep step;
  {
    const NoNewDescriptors limit;
    step = it.acceptor.MakeOffer();
  }
  it.CheckFailed(step, Status::kSystem);
  CHECK(it.ToldReason() == Status::kSystem);
}

TEST_CASE("acceptor: a socket without a peer is a system error") {
  AcceptorHandshake acceptor(Socket(), kEvents, kReplies);
  CHECK(acceptor.status() == Status::kSystem);
  CHECK(acceptor.Advance() == HandshakeStep::kFailed);
}

TEST_CASE("both: another user is refused, whatever it says") {
  // Only root can play another user; who is not root cannot be fooled either.
  if (geteuid() != 0) {
    CHECK(setresuid(static_cast<uid_t>(-1), 0, static_cast<uid_t>(-1)) != 0);
    return;
  }
  const std::string address = NewAddress();
  SystemError error;
  SUBCASE("the connector") {
    Socket listener;
    REQUIRE(Socket::Listen(address, &listener, &error));
    Socket client;
    bool connected = false;
    AsAnotherUser(
        [&] { connected = Socket::Connect(address, &client, &error); });
    REQUIRE(connected);
    Socket socket;
    REQUIRE(listener.Accept(&socket) == IoResult::kOk);
    AcceptorHandshake acceptor(std::move(socket), kEvents, kReplies);
    CHECK(acceptor.status() == Status::kWrongUser);
    CHECK(acceptor.Advance() == HandshakeStep::kFailed);
    Offer offer{};
    REQUIRE(ReceiveStruct(&client, &offer));
    CHECK(offer.verdict == Status::kWrongUser);
  }
  SUBCASE("the acceptor") {
    Socket listener;
    bool listening = false;
    AsAnotherUser(
        [&] { listening = Socket::Listen(address, &listener, &error); });
    REQUIRE(listening);
    ConnectorHandshake connector(address, SomeToken());
    CHECK(connector.status() == Status::kWrongUser);
    CHECK(connector.Advance() == HandshakeStep::kFailed);
    Socket socket;
    REQUIRE(listener.Accept(&socket) == IoResult::kOk);
    // Not even the token went to the wrong one.
    Hello hello{};
    CHECK_FALSE(ReceiveStruct(&socket, &hello));
  }
}

TEST_CASE("connector: the hello says version, size and token") {
  ConnectorAndPeer it;
  const Hello expected = GoodHello();
  CHECK(memcmp(&it.hello, &expected, sizeof(Hello)) == 0);
}

TEST_CASE("connector: a silent acceptor is waited for") {
  ConnectorAndPeer it;
  for (int i = 0; i < 3; ++i) {
    CHECK(it.connector.Advance() == HandshakeStep::kWait);
  }
}

TEST_CASE("connector: blocking, a silent acceptor is waited for no longer") {
  for (const int timeout_ms : {-1, 0, 1, 5}) {
    ConnectorAndPeer it;
    it.CheckFailed(it.connector.Run(timeout_ms), Status::kTimeout);
    CHECK(it.peer.HungUp());
  }
}

TEST_CASE("connector: blocking, an offer ends the wait") {
  ConnectorAndPeer it;
  HandshakeStep step = HandshakeStep::kWait;
  std::thread waiting([&] { step = it.connector.Run(INT32_MAX); });
  OfferParts().Send(&it.peer);
  waiting.join();
  CHECK(step == HandshakeStep::kDone);
  CHECK(it.Answer() == Status::kOk);
}

TEST_CASE("connector: nobody listens") {
  ConnectorHandshake connector(NewAddress(), SomeToken());
  CHECK(connector.status() == Status::kNoListener);
  CHECK(connector.Advance() == HandshakeStep::kFailed);
  CHECK(connector.Run(1000) == HandshakeStep::kFailed);
  CHECK(connector.status() == Status::kNoListener);
}

TEST_CASE("connector: a listener that does not accept in time refuses") {
  const std::string address = NewAddress();
  Socket listener;
  SystemError error;
  REQUIRE(Socket::Listen(address, &listener, &error));
  std::vector<Socket> waiting;
  for (;;) {
    Socket socket;
    if (!Socket::Connect(address, &socket, &error)) break;
    waiting.push_back(std::move(socket));
  }
  REQUIRE(error.code == EAGAIN);
  CHECK(ConnectorHandshake(address, SomeToken()).status() == Status::kRefused);
}

TEST_CASE("connector: an address that cannot be is a system error") {
  const ConnectorHandshake connector(std::string(200, 'x'), SomeToken());
  CHECK(connector.status() == Status::kSystem);
  const std::string address = NewAddress();
  const NoNewDescriptors limit;
  CHECK(ConnectorHandshake(address, SomeToken()).status() == Status::kSystem);
}

TEST_CASE("connector: every reason of an acceptor is passed on") {
  for (const Status reason :
       {Status::kBadToken, Status::kRefused, Status::kSystem,
        Status::kVersionMismatch, Status::kBadHandshake, Status::kWrongUser}) {
    CHECK(StatusAfter([&](OfferParts* it) { it->offer.verdict = reason; }) ==
          reason);
  }
}

TEST_CASE("connector: a reason that is none is a broken handshake") {
  for (const int reason : {1, 2, 3, 4, 9, 16, 99, -1, INT32_MIN}) {
    CAPTURE(reason);
    CHECK(StatusAfter([&](OfferParts* it) {
            it->offer.verdict = static_cast<Status>(reason);
          }) == Status::kBadHandshake);
  }
}

TEST_CASE("connector: an offer with another magic is no offer") {
  CHECK(StatusAfter([](OfferParts* it) { it->offer.magic = 0; }) ==
        Status::kBadHandshake);
}

TEST_CASE("connector: an offer of another version is told apart") {
  CHECK(StatusAfter([](OfferParts* it) { it->offer.version = 0; }) ==
        Status::kVersionMismatch);
  CHECK(StatusAfter([](OfferParts* it) {
          it->offer.version = kProtocolVersion + 1;
        }) == Status::kVersionMismatch);
}

TEST_CASE("connector: an offer of another size is refused") {
  for (const int size : {0, 23, 25, 0xffff}) {
    CAPTURE(size);
    CHECK(StatusAfter([&](OfferParts* it) {
            it->offer.size = static_cast<uint16_t>(size);
          }) == Status::kBadHandshake);
  }
}

TEST_CASE("connector: a capacity that cannot be is refused") {
  for (const uint32_t capacity :
       {uint32_t{0}, uint32_t{1}, uint32_t{4096}, kMinLinkCapacity / 2,
        kMinLinkCapacity + 1, 3 * kMinLinkCapacity, 2 * kMaxCapacity,
        UINT32_MAX}) {
    CAPTURE(capacity);
    // With memory of the size that follows from it, so that nothing else is
    // wrong.
    CHECK(StatusAfter([&](OfferParts* it) {
            it->offer.event_capacity = capacity;
            it->segment = OfferParts::Memory(SegmentSize(capacity, kReplies),
                                             OfferParts::kAllSeals);
          }) == Status::kBadHandshake);
    CHECK(StatusAfter([&](OfferParts* it) {
            it->offer.reply_capacity = capacity;
            it->segment = OfferParts::Memory(SegmentSize(kEvents, capacity),
                                             OfferParts::kAllSeals);
          }) == Status::kBadHandshake);
  }
}

TEST_CASE("connector: memory of another size than offered is refused") {
  for (const int difference : {-4096, -1, 1, 4096}) {
    CAPTURE(difference);
    CHECK(StatusAfter([&](OfferParts* it) {
            it->segment = OfferParts::Memory(
                SegmentSize(kEvents, kReplies) +
                    static_cast<size_t>(static_cast<ptrdiff_t>(difference)),
                OfferParts::kAllSeals);
          }) == Status::kBadHandshake);
  }
}

TEST_CASE("connector: memory that could shrink under its feet is refused") {
  for (const int missing : {F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_SEAL}) {
    CAPTURE(missing);
    CHECK(StatusAfter([&](OfferParts* it) {
            it->segment = OfferParts::Memory(SegmentSize(kEvents, kReplies),
                                             OfferParts::kAllSeals & ~missing);
          }) == Status::kBadHandshake);
  }
}

TEST_CASE("connector: what is no memory, or no doorbell, is refused") {
  CHECK(StatusAfter([](OfferParts* it) {
          it->segment = Handle(open("/dev/null", O_RDWR | O_CLOEXEC));
        }) == Status::kBadHandshake);
  CHECK(StatusAfter([](OfferParts* it) {
          it->doorbell =
              Doorbell::Adopt(Handle(open("/dev/zero", O_RDWR | O_CLOEXEC)));
        }) == Status::kBadHandshake);
}

TEST_CASE("connector: another number of descriptors than three is refused") {
  const size_t before = OpenDescriptors();
  for (const size_t count : {0, 1, 2, 4, 8}) {
    CAPTURE(count);
    ConnectorAndPeer it;
    const OfferParts parts;
    std::vector<int> descriptors = parts.Descriptors();
    descriptors.resize(count, parts.button.handle().get());
    parts.Send(&it.peer, descriptors);
    it.CheckFailed(it.connector.Advance(), Status::kBadHandshake);
    CHECK(it.Answer() == Status::kBadHandshake);
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("connector: descriptors may come in any part of the offer") {
  ConnectorAndPeer it;
  const OfferParts parts;
  const auto* const bytes = reinterpret_cast<const uint8_t*>(&parts.offer);
  const std::vector<int> descriptors = parts.Descriptors();
  for (size_t i = 0; i < sizeof(Offer); ++i) {
    CHECK(it.connector.Advance() == HandshakeStep::kWait);
    const bool with = i < descriptors.size();
    REQUIRE(it.peer.Send(bytes + i, 1, with ? &descriptors[i] : nullptr,
                         with ? 1 : 0) == IoResult::kOk);
  }
  CHECK(it.connector.Advance() == HandshakeStep::kDone);
  CHECK(it.Answer() == Status::kOk);
}

TEST_CASE("connector: an acceptor that hangs up within its offer failed") {
  const size_t before = OpenDescriptors();
  for (size_t length = 0; length < sizeof(Offer); ++length) {
    CAPTURE(length);
    ConnectorAndPeer it;
    const OfferParts parts;
    if (length > 0) {
      const std::vector<int> descriptors = parts.Descriptors();
      REQUIRE(it.peer.Send(&parts.offer, length, descriptors.data(), 3) ==
              IoResult::kOk);
      CHECK(it.connector.Advance() == HandshakeStep::kWait);
    }
    it.peer.Close();
    it.CheckFailed(it.connector.Advance(), Status::kBadHandshake);
  }
  CHECK(OpenDescriptors() == before);
}

TEST_CASE("connector: an acceptor that hangs up after its offer failed") {
  ConnectorAndPeer it;
  OfferParts().Send(&it.peer);
  it.peer.Close();
  it.CheckFailed(it.connector.Advance(), Status::kBadHandshake);
}

TEST_CASE("connector: an offer without room for its descriptors failed") {
  ConnectorAndPeer it;
  OfferParts().Send(&it.peer);
  HandshakeStep step;
  {
    const NoNewDescriptors limit;
    step = it.connector.Advance();
  }
  it.CheckFailed(step, Status::kSystem);
  CHECK(std::string(it.connector.error().call) == "recvmsg");
}

TEST_CASE("connector: a good offer is accepted, with what it says") {
  ConnectorAndPeer it;
  const OfferParts parts;
  parts.Send(&it.peer);
  REQUIRE(it.connector.Advance() == HandshakeStep::kDone);
  CHECK(it.Answer() == Status::kOk);
  const LinkParts taken = it.connector.TakeParts();
  CHECK(taken.segment.size() == SegmentSize(kEvents, kReplies));
  CHECK(taken.peer_process == getpid());
  CHECK(it.connector.waitable() == kNoHandle);
}
