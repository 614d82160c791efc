#ifndef RINGWIRE_LINK_MESSAGE_H_
#define RINGWIRE_LINK_MESSAGE_H_

#include <cstdint>

#include "ring/bytes.h"

namespace ringwire {

// Longest head of a message. Every link keeps one buffer of this size per
// direction, so this trades memory against copies; the protocol would allow
// 65535.
constexpr uint32_t kHeadCapacity = 16 * 1024;

// Smallest ring of a link: a head fits into a quarter of it, the longest
// record that Sender writes.
constexpr uint32_t kMinLinkCapacity = 4 * kHeadCapacity;

// One message to be sent: borrowed bytes, valid for the call it is given to.
struct Message {
  Bytes head;
  Bytes body;
  uint32_t sequence = 0;  // not 0: a synchronous call, or the answer to one
};

// Where the body of an arriving message goes. Implemented by the addon, whose
// bodies are ArrayBuffers. One body is open at a time.
class BodySink {
 public:
  // Room for `size` (> 0) bytes until the message is taken or dropped; null
  // when there is no memory.
  virtual uint8_t* AllocateBody(uint32_t size) = 0;
  // The first `size` bytes of that body are about to come. A body that was
  // announced and does not come must cost nothing.
  virtual void ExpectBody(uint32_t size) = 0;
  // A body of `size` (> 0) bytes is likely to come soon, and there is time now.
  virtual void PrepareBody(uint32_t size) = 0;
  // Gives up the body that AllocateBody returned last.
  virtual void DropBody() = 0;

 protected:
  ~BodySink() = default;
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_MESSAGE_H_
