#ifndef RINGWIRE_LINK_STATUS_H_
#define RINGWIRE_LINK_STATUS_H_

#include <cstdint>

namespace ringwire {

// The closed list of outcomes. The numbers never change: they cross the
// handshake socket, and go to JavaScript (addon.cc exports the names).
enum class Status : int32_t {
  kOk = 0,
  kClosed = 1,            // ended in order, by either side
  kPeerGone = 2,          // the peer's end of the socket vanished
  kCorrupt = 3,           // the peer broke the format of native/README.md
  kTimeout = 4,           // the caller's own deadline
  kDeadlock = 5,          // both sides would wait for each other
  kQueueFull = 6,         // the sender's limit of waiting bytes
  kTooLarge = 7,          // a head or body above what a record can state
  kSystem = 8,            // a system call failed; a SystemError says which
  kNoListener = 9,        // nobody listens on that address
  kRefused = 10,          // the listener does not take this peer now
  kBadToken = 11,         // the token is unknown, used or expired
  kVersionMismatch = 12,  // the peer speaks another protocol version
  kBadHandshake = 13,     // truncated or malformed handshake
  kWrongUser = 14,        // the peer belongs to another user
  kNoMemory = 15,         // no room for a message the peer announced
  kInterrupted = 16,      // the caller's thread is wanted elsewhere: it ends
  kOverLimit = 17,        // the peer announced more than message_limit
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_STATUS_H_
