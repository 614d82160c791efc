#include "os/segment.h"

#include <utility>

#include "os/sealed_memory.h"

namespace ringwire {

Segment::~Segment() { Unmap(); }

Segment::Segment(Segment&& other) noexcept
    : handle_(std::move(other.handle_)),
      data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

Segment& Segment::operator=(Segment&& other) noexcept {
  if (this != &other) {
    Unmap();
    handle_ = std::move(other.handle_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

bool Segment::Create(size_t size, Segment* segment, SystemError* error) {
  Handle handle;
  return CreateSealed(size, &handle, error) &&
         segment->Map(std::move(handle), size, error);
}

bool Segment::Adopt(Handle handle, size_t size, Segment* segment,
                    SystemError* error) {
  return CheckSealed(handle, size, error) &&
         segment->Map(std::move(handle), size, error);
}

bool Segment::Map(Handle handle, size_t size, SystemError* error) {
  void* const data = MapMemory(handle, size, error);
  if (data == nullptr) return false;
  Unmap();
  handle_ = std::move(handle);
  data_ = static_cast<uint8_t*>(data);
  size_ = size;
  return true;
}

void Segment::Unmap() {
  if (data_ != nullptr) UnmapMemory(data_, size_);
  data_ = nullptr;
}

}  // namespace ringwire
