#ifndef RINGWIRE_LINK_HANDSHAKE_H_
#define RINGWIRE_LINK_HANDSHAKE_H_

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "link/link.h"
#include "link/status.h"
#include "os/socket.h"

namespace ringwire {

// The three messages of the handshake, in order. Host byte order: both ends
// are on one machine. See native/README.md, "Handshake".

constexpr uint32_t kHandshakeMagic = 0x52574952;  // "RIWR"
constexpr uint16_t kProtocolVersion = 3;
constexpr size_t kTokenLength = 32;
using Token = std::array<uint8_t, kTokenLength>;

// Connector -> acceptor.
struct Hello {
  uint32_t magic;
  uint16_t version;
  uint16_t size;  // of this struct, for later versions
  uint8_t token[kTokenLength];
};

// Acceptor -> connector, with three descriptors when the verdict is kOk:
// segment, the connector's doorbell, a button of the acceptor's doorbell.
struct Offer {
  uint32_t magic;
  uint16_t version;
  uint16_t size;
  Status verdict;
  uint32_t event_capacity;
  uint32_t reply_capacity;
  uint32_t reserved;
};

// Connector -> acceptor, once it has mapped and verified the segment.
struct Accept {
  uint32_t magic;
  Status verdict;
};

static_assert(sizeof(Hello) == 40, "part of the protocol");
static_assert(sizeof(Offer) == 24, "part of the protocol");
static_assert(sizeof(Accept) == 8, "part of the protocol");
static_assert(std::is_trivially_copyable<Hello>::value, "sent as bytes");
static_assert(std::is_trivially_copyable<Offer>::value, "sent as bytes");
static_assert(std::is_trivially_copyable<Accept>::value, "sent as bytes");

// What a step of a handshake leads to.
enum class HandshakeStep {
  kWait,    // come back when the socket is readable
  kDecide,  // acceptor only: Offer() or Reject() now
  kDone,    // TakeParts() once
  kFailed,  // status() says why; the socket is closed
};

// Reads one fixed-size message off the socket, in as many pieces as it comes.
template <typename T>
class MessageBuffer {
 public:
  IoResult Fill(Socket* socket, std::vector<Handle>* handles,
                size_t max_handles) {
    while (filled_ < sizeof(T)) {
      size_t got = 0;
      const IoResult result =
          socket->Receive(bytes_ + filled_, sizeof(T) - filled_, &got, handles,
                          max_handles - handles->size());
      if (result != IoResult::kOk) return result;
      filled_ += got;
    }
    return IoResult::kOk;
  }

  T Get() const {
    T value;
    memcpy(&value, bytes_, sizeof(T));
    return value;
  }

 private:
  uint8_t bytes_[sizeof(T)];
  size_t filled_ = 0;
};

// The accepting side of one handshake. Owns the socket until TakeParts().
// Never blocks; a silent peer costs a descriptor until its owner drops it.
class AcceptorHandshake {
 public:
  // Checks the peer's user at once: status() is kWrongUser when it is not
  // ours (step() is then kFailed).
  AcceptorHandshake(Socket socket, uint32_t event_capacity,
                    uint32_t reply_capacity);

  HandshakeStep Advance();
  // After kDecide: makes the memory and offers it, or says why not.
  HandshakeStep MakeOffer();
  HandshakeStep Reject(Status reason);

  const Token& token() const { return token_; }
  pid_t peer_process() const { return peer_process_; }
  Status status() const { return status_; }
  int descriptor() const { return socket_.handle().get(); }
  LinkParts TakeParts();

 private:
  HandshakeStep Fail(Status status);
  bool SendVerdict(Status verdict, const int* descriptors, size_t count);

  enum class State { kHello, kDecide, kAccept, kDone, kFailed };

  State state_ = State::kHello;
  Status status_ = Status::kOk;
  Socket socket_;
  pid_t peer_process_ = 0;
  Token token_{};
  MessageBuffer<Hello> hello_;
  MessageBuffer<Accept> accept_;
  LinkParts parts_;
};

// The connecting side. Owns the socket until TakeParts(). Advance() never
// blocks; Run() does, until a deadline.
class ConnectorHandshake {
 public:
  // Connects; a failure shows in the first Advance().
  ConnectorHandshake(const std::string& address, const Token& token);

  HandshakeStep Advance();
  // Advances until the handshake is over or `timeout_ms` have passed (then
  // kFailed with kTimeout).
  HandshakeStep Run(int timeout_ms);
  HandshakeStep Fail(Status status);

  Status status() const { return status_; }
  int descriptor() const { return socket_.handle().get(); }
  LinkParts TakeParts();

 private:
  HandshakeStep ReceiveOffer();
  Status Adopt(const Offer& offer);

  enum class State { kOffer, kDone, kFailed };

  State state_ = State::kOffer;
  Status status_ = Status::kOk;
  Socket socket_;
  MessageBuffer<Offer> offer_;
  std::vector<Handle> handles_;
  LinkParts parts_;
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_HANDSHAKE_H_
