#ifndef RINGWIRE_ADDON_BODY_BUFFER_H_
#define RINGWIRE_ADDON_BODY_BUFFER_H_

#include <node_api.h>

#include "link/message.h"

namespace ringwire {

// Gives arriving bodies an ArrayBuffer of exactly their size, so that they
// are copied once, from the ring to where JavaScript reads them. Holds at most
// one, strongly, until it is taken or dropped. Needs an open handle scope.
class BodyBuffer final : public BodySink {
 public:
  explicit BodyBuffer(napi_env env) : env_(env) {}
  ~BodyBuffer();
  BodyBuffer(const BodyBuffer&) = delete;
  BodyBuffer& operator=(const BodyBuffer&) = delete;

  uint8_t* AllocateBody(uint32_t size) override;
  void DropBody() override;

  [[nodiscard]] bool empty() const { return reference_ == nullptr; }
  // The ArrayBuffer, or undefined when there is none.
  napi_value Take();

 private:
  napi_env env_;
  napi_ref reference_ = nullptr;
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_BODY_BUFFER_H_
