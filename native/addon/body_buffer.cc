#include "addon/body_buffer.h"

#include "addon/environment.h"
#include "os/memory.h"

namespace ringwire {

BodyBuffer::~BodyBuffer() { DropBody(); }

uint8_t* BodyBuffer::AllocateBody(uint32_t size) {
  DropBody();
  napi_value length = nullptr;
  napi_create_uint32(env_, size, &length);
  napi_value buffer = nullptr;
  const Napi::Function constructor =
      Environment::Get(env_)->array_buffer.Value();
  if (napi_new_instance(env_, constructor, 1, &length, &buffer) != napi_ok) {
    napi_value exception = nullptr;
    napi_get_and_clear_last_exception(env_, &exception);
    return nullptr;
  }
  void* data = nullptr;
  size_t byte_length = 0;
  napi_get_arraybuffer_info(env_, buffer, &data, &byte_length);
  if (byte_length != size) return nullptr;
  ExpectWrites(data, size);
  napi_create_reference(env_, buffer, 1, &reference_);
  return static_cast<uint8_t*>(data);
}

void BodyBuffer::DropBody() {
  if (reference_ == nullptr) return;
  napi_delete_reference(env_, reference_);
  reference_ = nullptr;
}

napi_value BodyBuffer::Take() {
  napi_value buffer = nullptr;
  if (reference_ == nullptr) {
    napi_get_undefined(env_, &buffer);
    return buffer;
  }
  napi_get_reference_value(env_, reference_, &buffer);
  DropBody();
  return buffer;
}

}  // namespace ringwire
