#ifndef RINGWIRE_TEST_FUZZ_HELPERS_OFF_LIMITS_H_
#define RINGWIRE_TEST_FUZZ_HELPERS_OFF_LIMITS_H_

#include <sanitizer/asan_interface.h>

#include <cstddef>
#include <cstdint>

#include "ring/layout.h"

namespace ringwire {

// As long as it lives AddressSanitizer reports accesses by way of this mapping
// to what follows the header, and to the data of all rings of one direction.
// The rings of both directions alternate, so a step beyond the end of one, or
// before its beginning, is seen as it would be in memory of its own.
class OffLimits {
 public:
  OffLimits(const uint8_t* base, uint32_t events, uint32_t replies, bool up)
      : areas_{
            {base + sizeof(SegmentHeader), kPageSize - sizeof(SegmentHeader)},
            {base + (up ? UpOffset() : DownOffset(events)), events},
            {base + (up ? UpReplyOffset(events)
                        : DownReplyOffset(events, replies)),
             replies},
            {base + (up ? UpResultOffset(events, replies)
                        : DownResultOffset(events, replies)),
             events}} {
    for (const Area& area : areas_) {
      ASAN_POISON_MEMORY_REGION(area.begin, area.size);
    }
  }
  ~OffLimits() {
    for (const Area& area : areas_) {
      ASAN_UNPOISON_MEMORY_REGION(area.begin, area.size);
    }
  }
  OffLimits(const OffLimits&) = delete;
  OffLimits& operator=(const OffLimits&) = delete;

 private:
  struct Area {
    const uint8_t* begin;
    size_t size;
  };
  const Area areas_[4];
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_FUZZ_HELPERS_OFF_LIMITS_H_
