#ifndef RINGWIRE_TEST_FUZZ_HELPERS_CHECKED_SINK_H_
#define RINGWIRE_TEST_FUZZ_HELPERS_CHECKED_SINK_H_

#include <doctest/doctest.h>

#include <cstdint>
#include <functional>
#include <memory>

#include "link/message.h"

namespace ringwire {

// Takes bodies of up to kMost bytes, and checks what every sink may rely on:
// one body at a time, and only what has come is asked for.
class CheckedSink final : public BodySink {
 public:
  static constexpr uint32_t kMost = 256 * 1024;

  uint8_t* AllocateBody(uint32_t size) override {
    Meanwhile();
    REQUIRE(size > 0);
    // One that was open is a message that was taken: nobody says so.
    expected_ = 0;
    size_ = size <= kMost ? size : 0;
    // Exactly as long as announced, so that AddressSanitizer sees every byte
    // beyond.
    body_.reset(size_ > 0 ? new uint8_t[size_] : nullptr);
    return body_.get();
  }
  void ExpectBody(uint32_t size) override {
    Meanwhile();
    REQUIRE(body_ != nullptr);
    REQUIRE(size > expected_);
    REQUIRE(size <= size_);
    came_ += size - expected_;
    expected_ = size;
  }
  void PrepareBody(uint32_t size) override {
    Meanwhile();
    REQUIRE(size > 0);
  }
  void DropBody() override {
    Meanwhile();
    REQUIRE(body_ != nullptr);
    body_.reset();
    size_ = 0;
  }

  const uint8_t* body() const { return body_.get(); }
  // Bytes of bodies that came, ever.
  uint64_t came() const { return came_; }

  // What a peer does between two looks of the receiver at its memory.
  std::function<void()> meanwhile;

 private:
  void Meanwhile() const {
    if (meanwhile) meanwhile();
  }

  std::unique_ptr<uint8_t[]> body_;
  uint32_t size_ = 0;
  uint32_t expected_ = 0;
  uint64_t came_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_FUZZ_HELPERS_CHECKED_SINK_H_
