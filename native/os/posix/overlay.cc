#include "os/posix/overlay.h"

#include <sys/mman.h>
#include <unistd.h>

namespace ringwire {
namespace {

bool IsWholePages(const void* place, size_t size) {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  return size > 0 && (reinterpret_cast<uintptr_t>(place) | size) % page == 0;
}

}  // namespace

bool Overlay::Place(const Handle& memory, void* place, size_t size,
                    SystemError* error) {
  if (placed() || place == nullptr || !IsWholePages(place, size)) {
    *error = InvalidArgument("overlay");
    return false;
  }
  // Linux does this in one step. XNU first puts pages there that nobody may
  // access, so nobody may use the place meanwhile.
  if (mmap(place, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
           memory.get(), 0) == MAP_FAILED) {
    return Fail("mmap", error);
  }
  data_ = static_cast<uint8_t*>(place);
  size_ = size;
  return true;
}

bool Overlay::Remove() {
  if (!placed()) return true;
  if (mmap(data_, size_, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) {
    return false;
  }
  data_ = nullptr;
  size_ = 0;
  return true;
}

}  // namespace ringwire
