#include "os/socket.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "child.h"
#include "helpers/address.h"
#include "helpers/new_sealed.h"
#include "open_handles.h"
#include "os/sealed_memory.h"
#include "os/windows/frame.h"
#include "os/windows/pipe_listener.h"
#include "ready.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr size_t kSize = 65536;

// One received piece, as text, and what came with it.
struct Piece {
  explicit Piece(Socket* socket, size_t max_handles = 8) {
    char bytes[64];
    size_t got = 0;
    result = socket->Receive(bytes, sizeof(bytes), &got, &handles, max_handles);
    if (result == IoResult::kOk) text.assign(bytes, got);
  }
  IoResult result;
  std::string text;
  std::vector<Handle> handles;
};

IoResult SendText(Socket* socket, const std::string& text,
                  const std::vector<NativeHandle>& handles = {}) {
  return socket->Send(text.data(), text.size(), handles.data(), handles.size());
}

// A listener's end, and a connector's.
struct Ends {
  Ends() {
    SystemError error;
    REQUIRE(Socket::Pair(&acceptor, &connector, &error));
  }
  Socket acceptor;
  Socket connector;
};

// A connector in its own words.
struct RawConnector {
  RawConnector() {
    const std::string name = NewAddress();
    Socket listener;
    SystemError error;
    REQUIRE(Socket::Listen(name, &listener, &error));
    const HANDLE opened = CreateFileW(PipeName(name, &error).c_str(),
                                      GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                      OPEN_EXISTING, 0, nullptr);
    REQUIRE(opened != INVALID_HANDLE_VALUE);
    pipe = Handle(opened);
    REQUIRE(listener.Accept(&acceptor) == IoResult::kOk);
  }
  void Write(const std::vector<uint8_t>& bytes) const {
    DWORD written = 0;
    REQUIRE(WriteFile(pipe.get(), bytes.data(),
                      static_cast<DWORD>(bytes.size()), &written, nullptr));
  }
  void Write(FrameKind kind, const std::vector<uint64_t>& numbers) const {
    Write(Encode(kind, numbers, "x", kind <= FrameKind::kHeld ? 1 : 0));
  }

  Handle pipe;
  Socket acceptor;
};

uint64_t NumberFor(const Handle& handle) {
  return static_cast<uint64_t>(NumberOf(handle.get()));
}

}  // namespace

TEST_CASE("pipe: bytes and handles cross in both directions") {
  Ends ends;
  const Handle memory = NewSealed(kSize);
  const auto cross = [&](Socket* from, Socket* to) {
    REQUIRE(SendText(from, "there", {memory.get()}) == IoResult::kOk);
    CHECK(IsReady(to->waitable(), -1));
    const Piece piece(to);
    CHECK(piece.text == "there");
    REQUIRE(piece.handles.size() == 1);
    CHECK(piece.handles[0].get() != memory.get());
    CHECK(IsSameMemory(piece.handles[0].get(), memory.get()));
    CHECK(Piece(to).result == IoResult::kAgain);
    CHECK_FALSE(IsReady(to->waitable()));
  };
  cross(&ends.acceptor, &ends.connector);
  cross(&ends.connector, &ends.acceptor);
}

TEST_CASE("pipe: a handle comes with the first byte of its piece, once") {
  Ends ends;
  const Handle memory = NewSealed(kSize);
  REQUIRE(SendText(&ends.connector, "ab", {memory.get()}) == IoResult::kOk);
  REQUIRE(SendText(&ends.connector, "c") == IoResult::kOk);
  for (const char* const expected : {"a", "b", "c"}) {
    char byte = 0;
    size_t got = 0;
    std::vector<Handle> handles;
    REQUIRE(ends.acceptor.Receive(&byte, 1, &got, &handles, 2) ==
            IoResult::kOk);
    CHECK(std::string(1, byte) == expected);
    CHECK(handles.size() == (*expected == 'a' ? 1 : 0));
  }
}

TEST_CASE("pipe: handles that nobody takes are closed") {
  const Handle memory = NewSealed(kSize);
  const std::vector<NativeHandle> three(3, memory.get());
  const DWORD before = OpenHandles();
  for (int i = 0; i < 20; ++i) {
    Ends ends;
    REQUIRE(SendText(&ends.connector, "x", three) == IoResult::kOk);
    REQUIRE(SendText(&ends.acceptor, "y", three) == IoResult::kOk);
    const Piece surplus(&ends.acceptor, 1);
    CHECK(surplus.handles.size() == 1);
    REQUIRE(SendText(&ends.connector, "z", three) == IoResult::kOk);
    // Each may be the first to close.
    (i % 2 == 0 ? ends.acceptor : ends.connector).Close();
  }
  CHECK(OpenHandles() == before);
}

TEST_CASE("pipe: what is pushed while the other end closes is closed, too") {
  const Handle memory = NewSealed(kSize);
  const DWORD before = OpenHandles();
  for (int i = 0; i < 100; ++i) {
    Ends ends;
    Handle sender(CreateThread(
        nullptr, 0,
        [](void* data) -> DWORD {
          auto* const ends = static_cast<Ends*>(data);
          const Handle memory = NewSealed(kSize);
          while (SendText(&ends->connector, "x", {memory.get()}) ==
                 IoResult::kOk) {
          }
          return 0;
        },
        &ends, 0, nullptr));
    Piece(&ends.acceptor);
    ends.acceptor.Close();
    WaitForSingleObject(sender.get(), INFINITE);
  }
  CHECK(OpenHandles() == before);
}

TEST_CASE("pipe: a sender whose peer takes nothing stops, and goes on") {
  Ends ends;
  const Handle memory = NewSealed(kSize);
  for (const std::vector<NativeHandle>& handles :
       {std::vector<NativeHandle>(), {memory.get()}}) {
    IoResult result = IoResult::kOk;
    int sent = 0;
    while (result == IoResult::kOk && sent < 100'000) {
      result = SendText(&ends.connector, std::string(40, 'x'), handles);
      if (result == IoResult::kOk) ++sent;
    }
    CHECK(result == IoResult::kAgain);
    CHECK(sent > 64);
    CHECK(Piece(&ends.acceptor).result == IoResult::kOk);
    CHECK(SendText(&ends.connector, "x", handles) == IoResult::kOk);
    while (Piece(&ends.acceptor).result == IoResult::kOk) {
    }
    CHECK(SendText(&ends.connector, "x", handles) == IoResult::kOk);
    CHECK(Piece(&ends.acceptor).result == IoResult::kOk);
  }
}

TEST_CASE("pipe: closing ends, and what was sent before arrives") {
  const Handle memory = NewSealed(kSize);
  for (const bool acceptor_closes : {false, true}) {
    Ends ends;
    Socket& closes = acceptor_closes ? ends.acceptor : ends.connector;
    Socket& stays = acceptor_closes ? ends.connector : ends.acceptor;
    CHECK_FALSE(stays.HungUp());
    int sent = 0;
    while (SendText(&closes, "x", {memory.get()}) == IoResult::kOk) ++sent;
    closes.Close();
    CHECK(stays.HungUp());
    CHECK(stays.HungUp());
    CHECK(IsReady(stays.waitable()));
    CHECK(stays.WaitReadable(-1));
    for (int i = 0; i < sent; ++i) {
      const Piece piece(&stays);
      REQUIRE(piece.text == "x");
      REQUIRE(piece.handles.size() == 1);
      REQUIRE(IsSameMemory(piece.handles[0].get(), memory.get()));
    }
    CHECK(Piece(&stays).result == IoResult::kClosed);
    CHECK(SendText(&stays, "x") == IoResult::kClosed);
  }
}

TEST_CASE("pipe: a peer that closed before it was accepted is heard") {
  const std::string name = NewAddress();
  Socket listener;
  Socket connector;
  Socket acceptor;
  SystemError error;
  REQUIRE(Socket::Listen(name, &listener, &error));
  REQUIRE(Socket::Connect(name, &connector, &error));
  REQUIRE(SendText(&connector, "x") == IoResult::kOk);
  connector.Close();
  REQUIRE(IsReady(listener.waitable(), -1));
  REQUIRE(listener.Accept(&acceptor) == IoResult::kOk);
  CHECK(IsReady(acceptor.waitable(), -1));
  CHECK(Piece(&acceptor).text == "x");
  CHECK(Piece(&acceptor).result == IoResult::kClosed);
}

TEST_CASE("pipe: a hang-up is waited for, whatever comes before") {
  Ends ends;
  REQUIRE(SendText(&ends.connector, "x") == IoResult::kOk);
  CHECK(IsReady(ends.acceptor.waitable(), -1));
  CHECK_FALSE(ends.acceptor.HungUp());
  CHECK_FALSE(IsReady(ends.acceptor.waitable()));
  ends.connector.Close();
  CHECK(IsReady(ends.acceptor.waitable(), -1));
  CHECK(ends.acceptor.HungUp());
  CHECK(Piece(&ends.acceptor).text == "x");
}

TEST_CASE("pipe: what is neither a frame nor allowed ends it, and no handle") {
  const Handle memory = NewSealed(kSize);
  const uint64_t number = NumberFor(memory);
  const struct {
    FrameKind kind;
    std::vector<uint64_t> numbers;
  } frames[] = {
      {static_cast<FrameKind>(0), {}},
      {static_cast<FrameKind>(9), {}},
      {FrameKind::kHeld, {}},
      {FrameKind::kHeld, {0}},
      {FrameKind::kHeld, {number + 1}},
      {FrameKind::kHeld, {UINT64_MAX}},      // this process
      {FrameKind::kHeld, {UINT64_MAX - 1}},  // this thread
      {FrameKind::kHeld, std::vector<uint64_t>(9, number)},
      {FrameKind::kPushed, {number}},  // and it has no key
      {FrameKind::kTaken, {1}},
      {FrameKind::kTaken, {UINT64_MAX}},
      {FrameKind::kLast, {7}},
      {FrameKind::kPulled, {1}},
      {FrameKind::kKey, {number}},
  };
  for (const auto& each : frames) {
    CAPTURE(static_cast<int>(each.kind));
    RawConnector raw;
    raw.acceptor.AllowHandles();
    raw.Write(each.kind, each.numbers);
    CHECK(raw.acceptor.WaitReadable(-1));
    const Piece piece(&raw.acceptor);
    CHECK(piece.result == IoResult::kError);
    CHECK(piece.handles.empty());
    CHECK(raw.acceptor.HungUp());
  }
  CHECK(IsSameMemory(memory.get(), memory.get()));
}

TEST_CASE("pipe: a connector that cannot push holds what it sends") {
  const Handle memory = NewSealed(kSize);
  RawConnector raw;
  raw.acceptor.AllowHandles();
  raw.Write(FrameKind::kHeld, {NumberFor(memory)});
  const Piece piece(&raw.acceptor);
  CHECK(piece.text == "x");
  REQUIRE(piece.handles.size() == 1);
  CHECK(IsSameMemory(piece.handles[0].get(), memory.get()));
  // A number that is none of its handles any more.
  raw.Write(FrameKind::kHeld, {0xfffffff0});
  CHECK(Piece(&raw.acceptor).result == IoResult::kError);
}

TEST_CASE("pipe: handles of a peer that is not admitted are not touched") {
  const Handle memory = NewSealed(kSize);
  RawConnector raw;
  raw.Write(FrameKind::kHeld, {NumberFor(memory)});
  const DWORD before = OpenHandles();
  char byte = 0;
  size_t got = 0;
  CHECK(raw.acceptor.WaitReadable(-1));
  CHECK(raw.acceptor.ReceiveBytes(&byte, 1, &got) == IoResult::kError);
  CHECK(OpenHandles() == before);
}

TEST_CASE("pipe: a peer that comes while its listener begins is noticed") {
  for (int i = 0; i < 20; ++i) {
    const std::string name = NewAddress();
    std::atomic<bool> done{false};
    std::thread connecting([&] {
      Socket connector;
      SystemError error;
      while (!Socket::Connect(name, &connector, &error) && !done) {
      }
      while (!done) std::this_thread::yield();
    });
    Socket listener;
    SystemError error;
    const bool listens = Socket::Listen(name, &listener, &error);
    // A guard against a hang, not a measure of time.
    const bool noticed = listens && IsReady(listener.waitable(), 10'000);
    done = true;
    connecting.join();
    REQUIRE(noticed);
  }
}

TEST_CASE("pipe: a listener that closes tells those who wait") {
  const std::string name = NewAddress();
  Socket listener;
  Socket client;
  SystemError error;
  REQUIRE(Socket::Listen(name, &listener, &error));
  listener.set_farewell("bye");
  REQUIRE(Socket::Connect(name, &client, &error));
  CHECK(IsReady(listener.waitable(), -1));
  listener.Close();
  CHECK(client.WaitReadable(-1));
  CHECK(Piece(&client).text == "bye");
  CHECK(Piece(&client).result == IoResult::kClosed);
  CHECK_FALSE(Socket::Connect(name, &client, &error));
  CHECK(ReasonOf(error) == Reason::kNoListener);
}

TEST_CASE("pipe: more peers than a listener has room for come later") {
  const std::string name = NewAddress();
  Socket listener;
  SystemError error;
  REQUIRE(Socket::Listen(name, &listener, &error));
  std::vector<Socket> clients;
  for (;;) {
    Socket client;
    if (!Socket::Connect(name, &client, &error)) break;
    clients.push_back(std::move(client));
    REQUIRE(clients.size() < 1000);
  }
  CHECK(ReasonOf(error) == Reason::kBusy);
  for (Socket& client : clients) {
    CHECK(IsReady(listener.waitable(), -1));
    Socket peer;
    REQUIRE(listener.Accept(&peer) == IoResult::kOk);
    REQUIRE(SendText(&client, "x") == IoResult::kOk);
    CHECK(peer.WaitReadable(-1));
  }
  Socket peer;
  CHECK(listener.Accept(&peer) == IoResult::kAgain);
  CHECK_FALSE(IsReady(listener.waitable()));
  CHECK(Socket::Connect(name, &clients[0], &error));
}

TEST_CASE("pipe: a name is one listener's, and free when that has closed") {
  const std::string name = NewAddress();
  Socket listener;
  Socket second;
  Socket client;
  Socket peer;
  SystemError error;
  REQUIRE(Socket::Listen(name, &listener, &error));
  CHECK_FALSE(Socket::Listen(name, &second, &error));
  CHECK(error.code == ERROR_ADDRESS_ALREADY_ASSOCIATED);
  REQUIRE(Socket::Connect(name, &client, &error));
  REQUIRE(listener.Accept(&peer) == IoResult::kOk);
  listener.Close();
  // Its peers are connected still.
  Socket late;
  CHECK_FALSE(Socket::Connect(name, &late, &error));
  CHECK(ReasonOf(error) == Reason::kNoListener);
  REQUIRE(Socket::Listen(name, &second, &error));
  REQUIRE(Socket::Connect(name, &late, &error));
  REQUIRE(SendText(&late, "late") == IoResult::kOk);
  REQUIRE(SendText(&client, "early") == IoResult::kOk);
  Socket other;
  REQUIRE(second.Accept(&other) == IoResult::kOk);
  CHECK(Piece(&other).text == "late");
  CHECK(Piece(&peer).text == "early");
}

TEST_CASE("pipe: names differ by every character, and have a longest length") {
  SystemError error;
  CHECK(PipeName("a", &error) != PipeName("A", &error));
  CHECK(PipeName("a/b", &error) != PipeName("a\\b", &error));
  CHECK(PipeName("~61", &error) != PipeName("a", &error));
  CHECK_FALSE(PipeName(std::string(200, 'x'), &error).empty());
  CHECK(PipeName(std::string(257, 'x'), &error).empty());
  CHECK(error.code == ERROR_FILENAME_EXCED_RANGE);
  CHECK(PipeName("", &error).empty());
}

TEST_CASE("(child) pipe: sends memory and dies" * doctest::skip()) {
  Socket socket;
  SystemError error;
  REQUIRE(Socket::Connect(AddressForChild(), &socket, &error));
  REQUIRE(socket.WaitReadable(-1));
  REQUIRE(Piece(&socket).text == "go");
  const Handle memory = NewSealed(kSize);
  for (int i = 0; i < 10; ++i) {
    REQUIRE(SendText(&socket, "x", {memory.get()}) == IoResult::kOk);
  }
  TerminateProcess(GetCurrentProcess(), 42);
}

TEST_CASE("pipe: memory arrives that a process sent before it was killed") {
  const std::string name = NewAddress();
  Socket listener;
  SystemError error;
  REQUIRE(Socket::Listen(name, &listener, &error));
  const Child child("(child) pipe: sends memory and dies", name);
  CHECK(IsReady(listener.waitable(), -1));
  Socket peer;
  REQUIRE(listener.Accept(&peer) == IoResult::kOk);
  PeerIdentity identity;
  REQUIRE(peer.Identify(&identity, &error));
  CHECK(identity.same_user);
  CHECK_FALSE(IsCurrentProcess(identity.process));
  peer.AllowHandles();
  REQUIRE(SendText(&peer, "go") == IoResult::kOk);
  CHECK(child.Join() == 42);
  CHECK(peer.HungUp());
  for (int i = 0; i < 10; ++i) {
    const Piece piece(&peer);
    CHECK(piece.text == "x");
    REQUIRE(piece.handles.size() == 1);
    CHECK(CheckSealed(piece.handles[0], kSize, &error));
  }
  CHECK(Piece(&peer).result == IoResult::kClosed);
}
