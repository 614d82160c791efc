#include "os/memory.h"

#include <sys/mman.h>

#include <cstdint>

namespace ringwire {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kHugePage = size_t{2} << 20;

// In Electron almost every large ArrayBuffer has new pages. One call that makes
// them all costs a third less than page faults.
constexpr size_t kWorthPopulating = size_t{32} << 10;
// 16 MB: 2.6 ms instead of 8.8 ms.
constexpr size_t kWorthHugePages = size_t{4} << 20;

// Since Linux 5.14; older headers lack it, older kernels refuse it.
constexpr int kPopulateWrite = 23;

// Bytes until the next page begins.
size_t UntilPage(const uint8_t* data, size_t page) {
  return (page - reinterpret_cast<uintptr_t>(data) % page) % page;
}

// Only whole pages inside of the area: what is around it belongs to others.
void Advise(uint8_t* data, size_t size, size_t page, int advice) {
  const size_t skipped = UntilPage(data, page);
  if (size < skipped + page) return;
  // If the kernel refuses, writes make the pages, which takes longer.
  madvise(data + skipped, (size - skipped) / page * page, advice);
}

// Node's allocator often returns pages that are there already; asking for those
// would cost 3 us for each 64 KB.
bool IsThereAlready(uint8_t* data, size_t size) {
  unsigned char resident = 0;
  uint8_t* const middle = data + size / 2;
  return mincore(middle + UntilPage(middle, kPage), 1, &resident) == 0 &&
         (resident & 1) != 0;
}

}  // namespace

void PreferLargePages(void* data, size_t size) {
  auto* const bytes = static_cast<uint8_t*>(data);
  if (size < kWorthHugePages || IsThereAlready(bytes, size)) return;
  Advise(bytes, size, kHugePage, MADV_HUGEPAGE);
}

void ExpectWrites(void* data, size_t size) {
  auto* const bytes = static_cast<uint8_t*>(data);
  if (size < kWorthPopulating || IsThereAlready(bytes, size)) return;
  Advise(bytes, size, kPage, kPopulateWrite);
}

}  // namespace ringwire
