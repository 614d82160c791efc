#ifndef RINGWIRE_LINK_HANDSHAKE_H_
#define RINGWIRE_LINK_HANDSHAKE_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
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

// Acceptor -> connector, with handles when the verdict is kOk: that of the
// segment, then those of CreateWakers().
struct Offer {
  uint32_t magic;
  uint16_t version;
  uint16_t size;
  Status verdict;
  uint32_t event_capacity;
  uint32_t reply_capacity;
  uint32_t error;  // the system's number of the reason, with kSystem
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

// What comes after a step of a handshake.
enum class HandshakeStep {
  kWait,    // come back when the socket is readable
  kDecide,  // acceptor only: Offer() or Reject() now
  kDone,    // TakeParts() once
  kFailed,  // status() says why; the socket is closed
};

// The bytes of an offer that says: this acceptor takes nobody.
std::string Farewell();

// Reads one fixed-size message off the socket, in as many pieces as it comes.
template <typename T>
class MessageBuffer {
 public:
  IoResult Fill(Socket* socket, std::vector<Handle>* handles,
                size_t max_handles, SystemError* error = nullptr) {
    return Fill([&](void* bytes, size_t size, size_t* got) {
      return socket->Receive(bytes, size, got, handles,
                             max_handles - handles->size(), error);
    });
  }
  // From a peer that may not send handles.
  IoResult FillBytes(Socket* socket) {
    return Fill([&](void* bytes, size_t size, size_t* got) {
      return socket->ReceiveBytes(bytes, size, got);
    });
  }

  T Get() const {
    T value;
    memcpy(&value, bytes_, sizeof(T));
    return value;
  }

 private:
  template <typename Receive>
  IoResult Fill(Receive receive) {
    while (filled_ < sizeof(T)) {
      size_t got = 0;
      const IoResult result =
          receive(bytes_ + filled_, sizeof(T) - filled_, &got);
      if (result != IoResult::kOk) return result;
      filled_ += got;
    }
    return IoResult::kOk;
  }

  uint8_t bytes_[sizeof(T)];
  size_t filled_ = 0;
};

// The accepting side of one handshake. Owns the socket until TakeParts(). Never
// blocks. A silent peer costs its handles until the owner of this drops it.
class AcceptorHandshake {
 public:
  // Checks the peer's user at once: status() is kWrongUser when it is not
  // ours (step() is then kFailed).
  AcceptorHandshake(Socket socket, uint32_t event_capacity,
                    uint32_t reply_capacity);

  HandshakeStep Advance();
  // After kDecide: makes the memory and offers it, or says why not. `thread` is
  // the one that will use this end, if the peer is to know; see SideLine.
  HandshakeStep MakeOffer(uint32_t thread = 0);
  HandshakeStep Reject(Status reason) { return Reject(reason, 0); }

  // Whether the peer has not said hello yet.
  bool silent() const { return state_ == State::kHello; }
  // Whether Advance() would find something.
  bool HasMore() const { return socket_.WaitReadable(0); }
  const Token& token() const { return token_; }
  ProcessId peer_process() const { return parts_.peer_process; }
  Status status() const { return status_; }
  Waitable waitable() const { return socket_.waitable(); }
  LinkParts TakeParts();

 private:
  HandshakeStep Fail(Status status);
  // `error`: SystemError::code, with kSystem.
  HandshakeStep Reject(Status reason, int error);
  bool SendVerdict(Status verdict, int error,
                   const std::vector<NativeHandle>& handles);

  enum class State { kHello, kDecide, kAccept, kDone, kFailed };

  State state_ = State::kHello;
  Status status_ = Status::kOk;
  Socket socket_;
  Token token_{};
  MessageBuffer<Hello> hello_;
  MessageBuffer<Accept> accept_;
  LinkParts parts_;
};

// The connecting side of one attempt. Owns the socket until TakeParts().
// Advance() never blocks; Run() does, until a deadline.
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
  // What failed, with kSystem.
  const SystemError& error() const { return error_; }
  Waitable waitable() const { return socket_.waitable(); }
  LinkParts TakeParts();

 private:
  HandshakeStep ReceiveOffer();
  Status Adopt(const Offer& offer);

  enum class State { kOffer, kDone, kFailed };

  State state_ = State::kOffer;
  Status status_ = Status::kOk;
  SystemError error_{};
  Socket socket_;
  MessageBuffer<Offer> offer_;
  std::vector<Handle> handles_;
  LinkParts parts_;
};

// Runs one attempt after the other while the listener takes nobody, for at most
// `timeout_ms`; blocks. Never null; its last step was kDone or kFailed.
std::unique_ptr<ConnectorHandshake> ConnectWithin(const std::string& address,
                                                  const Token& token,
                                                  int timeout_ms);

}  // namespace ringwire

#endif  // RINGWIRE_LINK_HANDSHAKE_H_
