#include "addon/body_buffer.h"

#include <utility>

#include "addon/environment.h"
#include "os/memory.h"

namespace ringwire {

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
  ExpectWrites(data, size);
  napi_ref reference = nullptr;
  napi_create_reference(env_, buffer, 1, &reference);
  return {reference, static_cast<uint8_t*>(data), size};
}

void BodyBuffer::Drop(Body* body) {
  if (body->buffer != nullptr) napi_delete_reference(env_, body->buffer);
  *body = {};
}

}  // namespace ringwire
