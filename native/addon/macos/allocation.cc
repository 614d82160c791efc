#include <cstddef>
#include <cstdlib>
#include <new>

// A C++ library that is linked into the addon would offer these to the whole
// process, and take them from it. Compiled so that nobody sees them:
// -fvisibility-global-new-delete=force-hidden.

namespace {

// The memory, or the end of the process: nothing here throws.
void* Allocated(void* memory) {
  if (memory == nullptr) abort();
  return memory;
}

void* Allocate(size_t size) { return Allocated(malloc(size == 0 ? 1 : size)); }

void* AllocateAligned(size_t size, std::align_val_t alignment) {
  void* memory = nullptr;
  const auto bytes = static_cast<size_t>(alignment);
  // No less than the size of a pointer, as the function demands.
  const size_t least = bytes < sizeof(void*) ? sizeof(void*) : bytes;
  return posix_memalign(&memory, least, size) == 0 ? Allocated(memory)
                                                   : Allocated(nullptr);
}

}  // namespace

void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
void* operator new(size_t size, std::align_val_t alignment) {
  return AllocateAligned(size, alignment);
}
void* operator new[](size_t size, std::align_val_t alignment) {
  return AllocateAligned(size, alignment);
}

void operator delete(void* memory) noexcept { free(memory); }
void operator delete[](void* memory) noexcept { free(memory); }
void operator delete(void* memory, size_t /*size*/) noexcept { free(memory); }
void operator delete[](void* memory, size_t /*size*/) noexcept { free(memory); }
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
  free(memory);
}
void operator delete[](void* memory, std::align_val_t /*alignment*/) noexcept {
  free(memory);
}
void operator delete(void* memory, size_t /*size*/,
                     std::align_val_t /*alignment*/) noexcept {
  free(memory);
}
void operator delete[](void* memory, size_t /*size*/,
                       std::align_val_t /*alignment*/) noexcept {
  free(memory);
}
