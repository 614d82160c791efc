#include "os/segment.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <utility>

namespace ringwire {
namespace {

constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

}  // namespace

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
  Handle handle(memfd_create("ringwire", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!handle.valid()) return Fail("memfd_create", error);
  if (ftruncate(handle.get(), static_cast<off_t>(size)) != 0) {
    return Fail("ftruncate", error);
  }
  if (fcntl(handle.get(), F_ADD_SEALS, kSeals) != 0) {
    return Fail("fcntl(F_ADD_SEALS)", error);
  }
  return segment->Map(std::move(handle), size, error);
}

bool Segment::Adopt(Handle handle, size_t size, Segment* segment,
                    SystemError* error) {
  const int seals = fcntl(handle.get(), F_GET_SEALS);
  if (seals < 0) return Fail("fcntl(F_GET_SEALS)", error);
  struct stat status{};
  if (fstat(handle.get(), &status) != 0) return Fail("fstat", error);
  if ((seals & kSeals) != kSeals) {
    *error = {"segment seals", EPERM};
    return false;
  }
  if (status.st_size < 0 || static_cast<size_t>(status.st_size) != size) {
    *error = {"segment size", EINVAL};
    return false;
  }
  return segment->Map(std::move(handle), size, error);
}

bool Segment::Map(Handle handle, size_t size, SystemError* error) {
  // Present from the start: the first messages would pay for the faults.
  void* const data = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_POPULATE, handle.get(), 0);
  if (data == MAP_FAILED) return Fail("mmap", error);
  Unmap();
  handle_ = std::move(handle);
  data_ = static_cast<uint8_t*>(data);
  size_ = size;
  return true;
}

void Segment::Unmap() {
  if (data_ != nullptr) munmap(data_, size_);
  data_ = nullptr;
}

}  // namespace ringwire
