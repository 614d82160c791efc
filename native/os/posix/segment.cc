#include "os/segment.h"

#include <sys/mman.h>

namespace ringwire {
namespace {

bool HasRoom(size_t size) {
  void* const room =
      mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return false;
  munmap(room, size);
  return true;
}

}  // namespace

void* Segment::MapMemory(const Handle& handle, size_t size,
                         SystemError* error) {
  void* const data = HasRoom(size + kHeadroom)
                         ? mmap(nullptr, size, PROT_READ | PROT_WRITE,
                                MAP_SHARED, handle.get(), 0)
                         : MAP_FAILED;
  if (data != MAP_FAILED) return data;
  Fail("mmap", error);
  return nullptr;
}

void Segment::UnmapMemory(void* data, size_t size) { munmap(data, size); }

}  // namespace ringwire
