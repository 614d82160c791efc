#include "os/segment.h"

#include "os/windows/win32.h"

namespace ringwire {
namespace {

bool HasRoom(size_t size) {
  void* const room =
      VirtualAlloc(nullptr, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
  return room != nullptr && VirtualFree(room, 0, MEM_RELEASE);
}

}  // namespace

void* Segment::MapMemory(const Handle& handle, size_t size,
                         SystemError* error) {
  void* const data =
      MapViewOfFile(handle.get(), FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, size);
  if (data == nullptr) {
    Fail("MapViewOfFile", error);
    return nullptr;
  }
  // What is mapped is committed already: only the headroom is looked for.
  if (HasRoom(kHeadroom)) return data;
  Fail("VirtualAlloc", error);
  UnmapViewOfFile(data);
  return nullptr;
}

void Segment::UnmapMemory(void* data, size_t /*size*/) {
  UnmapViewOfFile(data);
}

}  // namespace ringwire
