// Either side of the handshake, and a hostile peer at the other end of its
// socket. Then, if that came so far, a link that takes shared buffers.
#include "link/handshake.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <fuzzer/FuzzedDataProvider.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "helpers/address.h"
#include "helpers/checked_sink.h"
#include "helpers/link_pair.h"
#include "helpers/open_descriptors.h"
#include "os/sealed_memory.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint32_t kCapacity = kMinLinkCapacity;

// How large the memory has to be that comes with this message, if it is an
// offer.
size_t MemoryFor(const std::vector<uint8_t>& message) {
  constexpr size_t kMost = 1 << 21;
  Offer offer{};
  if (message.size() == sizeof(offer)) {
    memcpy(&offer, message.data(), sizeof(offer));
    const size_t size = SegmentSize(offer.event_capacity, offer.reply_capacity);
    if (size <= kMost) return size;
  }
  return SegmentSize(kCapacity, kCapacity);
}

// What a peer can send: what it should, what is nearly that, and anything.
Handle SomeDescriptor(FuzzedDataProvider* input, size_t memory_size) {
  Handle handle;
  SystemError error;
  Doorbell doorbell;
  Button button;
  switch (input->ConsumeIntegralInRange<int>(0, 7)) {
    case 0:
      REQUIRE(CreateSealed(memory_size, &handle, &error));
      break;
    case 1:
      REQUIRE(Doorbell::Create(&doorbell, &error));
      handle = doorbell.Release();
      break;
    case 2:
      REQUIRE(Doorbell::Create(&doorbell, &error));
      REQUIRE(doorbell.NewButton(&button, &error));
      handle = button.Release();
      break;
    case 3:
      REQUIRE(CreateSealed(kSharedUnit, &handle, &error));
      break;
    case 4:
      handle = Handle(memfd_create("fuzz", MFD_CLOEXEC | MFD_ALLOW_SEALING));
      REQUIRE(ftruncate(handle.get(), kSharedUnit) == 0);
      break;
    case 5:
      handle = Handle(open("/dev/null", O_RDWR | O_CLOEXEC));
      break;
    case 6:
      handle = Handle(open("/proc/self/fd", O_PATH | O_CLOEXEC));
      break;
    default:
      handle = Handle(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
      break;
  }
  REQUIRE(handle.valid());
  return handle;
}

// The other end of the socket.
class Peer {
 public:
  explicit Peer(FuzzedDataProvider* input) : input_(*input) {}

  void Act() {
    switch (input_.ConsumeIntegralInRange<int>(0, 7)) {
      case 0:
        shutdown(socket.waitable(), SHUT_WR);
        break;
      case 1:
        socket.Close();
        break;
      case 2:
        Receive();
        break;
      default:
        Send();
        break;
    }
  }

  Socket socket;

 private:
  void Send() {
    const std::vector<uint8_t> bytes = input_.ConsumeBytes<uint8_t>(
        input_.ConsumeIntegralInRange<size_t>(1, 48));
    std::vector<Handle> handles(input_.ConsumeIntegralInRange<size_t>(0, 5));
    std::vector<int> descriptors;
    for (Handle& handle : handles) {
      handle = SomeDescriptor(&input_, MemoryFor(bytes));
      descriptors.push_back(handle.get());
    }
    // A socket that is full or closed takes nothing.
    static_cast<void>(socket.Send(bytes.data(), bytes.size(),
                                  descriptors.data(), descriptors.size()));
  }
  void Receive() {
    uint8_t bytes[64];
    size_t got = 0;
    std::vector<Handle> handles;
    static_cast<void>(socket.Receive(bytes, sizeof(bytes), &got, &handles, 8));
  }

  FuzzedDataProvider& input_;
};

void Decide(AcceptorHandshake* acceptor, FuzzedDataProvider* input) {
  if (input->ConsumeBool()) {
    acceptor->MakeOffer();
  } else {
    acceptor->Reject(Status::kBadToken);
  }
}
void Decide(ConnectorHandshake* /*connector*/, FuzzedDataProvider* /*input*/) {
  FAIL("a connector decides nothing");
}

// A link whose peer is at best a memory of zeros.
void UseLink(LinkParts parts, FuzzedDataProvider* input, Peer* peer) {
  REQUIRE(parts.event_capacity >= kMinLinkCapacity);
  REQUIRE(parts.reply_capacity >= kMinLinkCapacity);
  REQUIRE(parts.segment.size() ==
          SegmentSize(parts.event_capacity, parts.reply_capacity));
  LinkEnd end(std::move(parts), kNoSpin);
  REQUIRE(end.Receive() == Receiver::Result::kEmpty);
  REQUIRE(end.Send({1, 2, 3}, {4}) == Status::kOk);
  end.link.RingSelf();
  end.link.DrainDoorbell();
  while (input->remaining_bytes() > 0) {
    peer->Act();
    Parcel parcel;
    const Status status =
        end.link.TakeParcel(input->ConsumeIntegral<uint8_t>(), &parcel);
    if (status != Status::kOk) {
      REQUIRE((status == Status::kCorrupt || status == Status::kNoMemory));
      REQUIRE(!parcel.memory.valid());
      return;
    }
    REQUIRE(IsSharedLength(parcel.byte_length));
    SystemError error;
    REQUIRE(CheckSealed(parcel.memory, SharedSize(parcel.byte_length), &error));
  }
}

template <typename Handshake>
void Play(Handshake* handshake, FuzzedDataProvider* input, Peer* peer) {
  HandshakeStep step = HandshakeStep::kWait;
  while (step == HandshakeStep::kWait && input->remaining_bytes() > 0) {
    peer->Act();
    step = handshake->Advance();
    if (step == HandshakeStep::kDecide) {
      Decide(handshake, input);
      step = handshake->Advance();
    }
  }
  if (step == HandshakeStep::kDone) {
    REQUIRE(handshake->status() == Status::kOk);
    UseLink(handshake->TakeParts(), input, peer);
    return;
  }
  const bool failed = step == HandshakeStep::kFailed;
  REQUIRE(failed == (handshake->status() != Status::kOk));
  REQUIRE(failed == (handshake->waitable() == kNoHandle));
  REQUIRE(handshake->Advance() == step);
}

void PlayAcceptor(FuzzedDataProvider* input) {
  Peer peer(input);
  Socket socket;
  SystemError error;
  REQUIRE(Socket::Pair(&socket, &peer.socket, &error));
  AcceptorHandshake acceptor(std::move(socket), kCapacity, kCapacity);
  Play(&acceptor, input, &peer);
}

void PlayConnector(FuzzedDataProvider* input) {
  Peer peer(input);
  Socket listener;
  SystemError error;
  const std::string address = NewAddress();
  REQUIRE(Socket::Listen(address, &listener, &error));
  ConnectorHandshake connector(address, Token{});
  REQUIRE(listener.Accept(&peer.socket) == IoResult::kOk);
  Play(&connector, input, &peer);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider input(data, size);
  const size_t before = OpenDescriptors();
  if (input.ConsumeBool()) {
    PlayAcceptor(&input);
  } else {
    PlayConnector(&input);
  }
  REQUIRE(OpenDescriptors() == before);
  return 0;
}
