#ifndef RINGWIRE_TEST_NATIVE_HELPERS_HEAP_SINK_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_HEAP_SINK_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "link/message.h"

namespace ringwire {

// Keeps one body, in an allocation of exactly its size.
class HeapSink final : public BodySink {
 public:
  uint8_t* AllocateBody(uint32_t size) override {
    ++allocated;
    if (size > most) return nullptr;
    body_.reset(new uint8_t[size]);
    size_ = size;
    return body_.get();
  }
  void ExpectBody(uint32_t size) override { expected.push_back(size); }
  void PrepareBody(uint32_t size) override { prepared.push_back(size); }
  void DropBody() override {
    ++dropped;
    body_.reset();
    size_ = 0;
  }

  std::vector<uint8_t> Body() const {
    return {body_.get(), body_.get() + size_};
  }
  bool empty() const { return body_ == nullptr; }

  uint32_t most = UINT32_MAX;  // larger bodies find no memory
  int allocated = 0;
  int dropped = 0;
  std::vector<uint32_t> expected;  // ends, in order
  std::vector<uint32_t> prepared;  // sizes, in order

 private:
  std::unique_ptr<uint8_t[]> body_;
  uint32_t size_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_HEAP_SINK_H_
