#include "addon/body_buffer.h"

#include <algorithm>
#include <utility>

#include "addon/environment.h"
#include "os/memory.h"

namespace ringwire {
namespace {

// Each request makes pages for twice what has come, and at least for so many
// bytes: a request for each record would cost more than page faults.
constexpr uint64_t kAhead = uint64_t{4} << 20;

}  // namespace

BodyBuffer::~BodyBuffer() {
  DropBody();
  DropPrepared();
}

uint8_t* BodyBuffer::AllocateBody(uint32_t size) {
  DropBody();
  if (prepared_.size == size) {
    body_ = std::exchange(prepared_, {});
  } else {
    body_ = Make(size);
  }
  return body_.data;
}

void BodyBuffer::PrepareBody(uint32_t size) {
  if (prepared_.size == size) return;
  DropPrepared();
  prepared_ = Make(size);
  // Two bodies of this size have come, so the peer sent as much as this takes.
  if (prepared_.buffer != nullptr) Expect(&prepared_, size);
}

void BodyBuffer::ExpectBody(uint32_t size) {
  if (size <= body_.expected) return;
  const uint64_t ahead = std::max<uint64_t>(2 * uint64_t{size}, kAhead);
  Expect(&body_, static_cast<uint32_t>(std::min<uint64_t>(ahead, body_.size)));
}

void BodyBuffer::Expect(Body* body, uint32_t end) {
  ExpectWrites(body->data + body->expected, end - body->expected);
  body->expected = end;
}

napi_value BodyBuffer::Take() {
  napi_value buffer = nullptr;
  if (empty()) {
    napi_get_undefined(env_, &buffer);
    return buffer;
  }
  napi_get_reference_value(env_, body_.buffer, &buffer);
  DropBody();
  return buffer;
}

BodyBuffer::Body BodyBuffer::Make(uint32_t size) {
  napi_value length = nullptr;
  napi_create_uint32(env_, size, &length);
  napi_value buffer = nullptr;
  const Napi::Function constructor =
      Environment::Get(env_)->array_buffer.Value();
  if (napi_new_instance(env_, constructor, 1, &length, &buffer) != napi_ok) {
    napi_value exception = nullptr;
    napi_get_and_clear_last_exception(env_, &exception);
    return {};
  }
  void* data = nullptr;
  size_t byte_length = 0;
  napi_get_arraybuffer_info(env_, buffer, &data, &byte_length);
  if (byte_length != size) return {};
  PreferLargePages(data, size);
  napi_ref reference = nullptr;
  napi_create_reference(env_, buffer, 1, &reference);
  return {reference, static_cast<uint8_t*>(data), size, 0};
}

void BodyBuffer::Drop(Body* body) {
  if (body->buffer != nullptr) napi_delete_reference(env_, body->buffer);
  *body = {};
}

}  // namespace ringwire
