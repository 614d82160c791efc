#ifndef RINGWIRE_OS_SEGMENT_H_
#define RINGWIRE_OS_SEGMENT_H_

#include <cstddef>
#include <cstdint>

#include "os/handle.h"
#include "os/system_error.h"

namespace ringwire {

// One mapping of shared memory without a name, of a size nobody can change.
// Owns the mapping and its handle; movable, unmaps at its end. Nothing is
// left behind when a process is killed.
class Segment {
 public:
  Segment() = default;
  ~Segment();
  Segment(Segment&& other) noexcept;
  Segment& operator=(Segment&& other) noexcept;
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  // Makes and maps zeroed memory. Its pages cost nothing until they are used:
  // most links carry little, and to make all pages at once takes 0.5 ms.
  [[nodiscard]] static bool Create(size_t size, Segment* segment,
                                   SystemError* error);
  // Maps memory that a peer made, after checking that it has exactly this size
  // and that the peer cannot shrink it.
  [[nodiscard]] static bool Adopt(Handle handle, size_t size, Segment* segment,
                                  SystemError* error);

  // Closes the handle once nobody else needs it. The mapping stays.
  void CloseHandle() { handle_.Close(); }

  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  const Handle& handle() const { return handle_; }

 private:
  // V8 ends the process where it gets no memory, so the last of it is not for
  // links: enough for a garbage collection and the objects of a link.
  static constexpr size_t kHeadroom = size_t{24} << 20;

  // Of the system: os/<system>/segment.cc. Null where the memory cannot be
  // mapped, or leaves no headroom.
  static void* MapMemory(const Handle& handle, size_t size, SystemError* error);
  static void UnmapMemory(void* data, size_t size);

  bool Map(Handle handle, size_t size, SystemError* error);
  void Unmap();

  Handle handle_;
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_SEGMENT_H_
