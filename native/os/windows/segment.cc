#include "os/segment.h"

#include <utility>

#include "os/windows/win32.h"

namespace ringwire {
namespace {

// V8 ends the process where it gets no memory, so the last of it is not for
// links: enough for a garbage collection and the objects of a link.
constexpr size_t kHeadroom = size_t{24} << 20;

bool LeavesHeadroom() {
  void* const room = VirtualAlloc(nullptr, kHeadroom, MEM_RESERVE | MEM_COMMIT,
                                  PAGE_READWRITE);
  return room != nullptr && VirtualFree(room, 0, MEM_RELEASE);
}

}  // namespace

bool Segment::Map(Handle handle, size_t size, SystemError* error) {
  void* const data =
      MapViewOfFile(handle.get(), FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, size);
  if (data == nullptr) return Fail("MapViewOfFile", error);
  if (!LeavesHeadroom()) {
    Fail("VirtualAlloc", error);
    UnmapViewOfFile(data);
    return false;
  }
  Unmap();
  handle_ = std::move(handle);
  data_ = static_cast<uint8_t*>(data);
  size_ = size;
  return true;
}

void Segment::Unmap() {
  if (data_ != nullptr) UnmapViewOfFile(data_);
  data_ = nullptr;
}

}  // namespace ringwire
