#include "os/memory.h"

#include <doctest/doctest.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "helpers/payload.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

// Fresh pages, as large ArrayBuffers have them.
class Pages {
 public:
  explicit Pages(size_t size, int protection = PROT_READ | PROT_WRITE)
      : size_(size),
        data_(mmap(nullptr, size, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                   0)) {
    REQUIRE(data_ != MAP_FAILED);
  }
  ~Pages() { munmap(data_, size_); }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  uint8_t* data() const { return static_cast<uint8_t*>(data_); }

 private:
  size_t size_;
  void* data_;
};

}  // namespace

TEST_CASE("memory that is to be written keeps its bytes, wherever it begins") {
  constexpr size_t kSize = 9 << 20;
  const Pages pages(kSize);
  for (const size_t size : {size_t{1}, size_t{5000}, size_t{100'000}, kSize}) {
    const Payload bytes = Numbered(size, 7);
    for (const size_t offset : {size_t{0}, size_t{1}, size_t{4095}}) {
      const size_t length = std::min(size, kSize - offset);
      memcpy(pages.data() + offset, bytes.data(), length);
      ExpectWrites(pages.data() + offset, length);
      CHECK(memcmp(pages.data() + offset, bytes.data(), length) == 0);
    }
  }
}

TEST_CASE("fresh memory is there, empty, after it was announced") {
  constexpr size_t kSize = 6 << 20;
  const Pages pages(kSize);
  ExpectWrites(pages.data(), kSize);
  CHECK(pages.data()[0] == 0);
  CHECK(memcmp(pages.data(), pages.data() + 1, kSize - 1) == 0);
}

TEST_CASE("memory that cannot be written is left alone") {
  constexpr size_t kSize = 1 << 20;
  const Pages pages(kSize, PROT_READ);
  ExpectWrites(pages.data(), kSize);
  CHECK(pages.data()[kSize - 1] == 0);
}
