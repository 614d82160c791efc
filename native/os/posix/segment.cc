#include "os/segment.h"

#include <sys/mman.h>

#include <utility>

namespace ringwire {
namespace {

// V8 ends the process where it gets no memory, so the last of it is not for
// links: enough for a garbage collection and the objects of a link.
constexpr size_t kHeadroom = size_t{24} << 20;

bool LeavesHeadroom(size_t size) {
  const size_t whole = size + kHeadroom;
  void* const room =
      mmap(nullptr, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return false;
  munmap(room, whole);
  return true;
}

}  // namespace

bool Segment::Map(Handle handle, size_t size, SystemError* error) {
  if (!LeavesHeadroom(size)) return Fail("mmap", error);
  void* const data =
      mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, handle.get(), 0);
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
