#ifndef RINGWIRE_LINK_HAND_OVER_H_
#define RINGWIRE_LINK_HAND_OVER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <type_traits>

#include "link/status.h"
#include "os/handle.h"
#include "os/socket.h"

namespace ringwire {

constexpr uint32_t kHandOverMagic = 0x48574952;  // "RIWH"
// Shared buffers consist of pages of WebAssembly, on every system.
constexpr uint64_t kSharedUnit = 65536;
constexpr uint64_t kMaxSharedLength = 1073741824;
// The most shared buffers that came and were not asked for yet.
constexpr size_t kMostWaiting = 64;

// Goes over the socket of a link, with one handle of sealed memory, before
// the message that mentions the ticket goes into a ring.
struct HandOver {
  uint32_t magic;
  uint32_t ticket;
  uint64_t byte_length;
};

static_assert(sizeof(HandOver) == 16, "part of the protocol");
static_assert(std::is_trivially_copyable<HandOver>::value, "sent as bytes");

// The size of the memory behind a shared buffer of so many bytes.
constexpr uint64_t SharedSize(uint64_t byte_length) {
  return (byte_length + kSharedUnit - 1) / kSharedUnit * kSharedUnit;
}
constexpr bool IsSharedLength(uint64_t byte_length) {
  return byte_length > 0 && byte_length <= kMaxSharedLength;
}

// The memory of a shared buffer that a peer handed over, sealed and of the
// size that `byte_length` makes. Owns its handle.
struct Parcel {
  uint32_t ticket = 0;
  uint64_t byte_length = 0;
  Handle memory;
};

// Never blocks. kQueueFull: the peer takes nothing off its socket. kSystem:
// this memory may not be sent.
[[nodiscard]] Status SendParcel(Socket* socket, uint32_t ticket,
                                NativeHandle memory, uint64_t byte_length);

// What a peer handed over. The socket is read only when a message asks for a
// ticket, and the oldest memory is closed when more than kMostWaiting wait.
// So a peer cannot make this process hold more. Belongs to the thread of its
// link.
class Parcels {
 public:
  // Never waits, since a parcel is sent before the message that mentions it.
  // kCorrupt: it was not sent, or is not what it should be. kNoMemory: this
  // side has dropped it, or may have no more handles.
  [[nodiscard]] Status Take(Socket* socket, uint32_t ticket, Parcel* parcel);

 private:
  // One more off the socket. kClosed: there is none.
  Status Receive(Socket* socket, Parcel* parcel);

  std::deque<Parcel> waiting_;
  bool lost_ = false;  // a ticket may never be found, and nobody is to blame
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_HAND_OVER_H_
