#ifndef RINGWIRE_ADDON_BODY_BUFFER_H_
#define RINGWIRE_ADDON_BODY_BUFFER_H_

#include <node_api.h>

#include "link/message.h"

namespace ringwire {

// Gives arriving bodies an ArrayBuffer of exactly their size, so that they are
// copied once, from the ring to where JavaScript reads them. Holds strong
// references to at most two: one until it is taken or dropped, and one that was
// prepared. Needs an open handle scope.
class BodyBuffer final : public BodySink {
 public:
  explicit BodyBuffer(napi_env env) : env_(env) {}
  ~BodyBuffer();
  BodyBuffer(const BodyBuffer&) = delete;
  BodyBuffer& operator=(const BodyBuffer&) = delete;

  uint8_t* AllocateBody(uint32_t size) override;
  void ExpectBody(uint32_t size) override;
  void PrepareBody(uint32_t size) override;
  void DropBody() override { Drop(&body_); }
  // Drops the buffer that was prepared and not needed.
  void DropPrepared() { Drop(&prepared_); }

  [[nodiscard]] bool empty() const { return body_.buffer == nullptr; }
  // The ArrayBuffer, or undefined when there is none.
  napi_value Take();

 private:
  struct Body {
    napi_ref buffer = nullptr;
    uint8_t* data = nullptr;
    uint32_t size = 0;
    uint32_t expected = 0;  // bytes whose pages were asked for
  };

  // Address space, but no pages. Without a buffer when there is none left.
  Body Make(uint32_t size);
  static void Expect(Body* body, uint32_t end);
  void Drop(Body* body);

  napi_env env_;
  Body body_;
  Body prepared_;
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_BODY_BUFFER_H_
