#include "os/posix/overlay.h"

#include <doctest/doctest.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "helpers/new_sealed.h"
#include "os/sealed_memory.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr size_t kPage = 4096;
constexpr size_t kSize = 16 * kPage;

// Pages of an allocator, full of threes, with one more on either side.
class Place {
 public:
  Place()
      : pages_(static_cast<uint8_t*>(
            mmap(nullptr, kSize + 2 * kPage, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    memset(pages_, 3, kSize + 2 * kPage);
  }
  ~Place() { munmap(pages_, kSize + 2 * kPage); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  uint8_t* data() const { return pages_ + kPage; }
  bool NeighboursAreWhole() const {
    return data()[-1] == 3 && data()[kSize] == 3;
  }

 private:
  uint8_t* pages_;
};

}  // namespace

TEST_CASE("overlay: two places over one memory have the same bytes") {
  const Handle memory = NewSealed(kSize);
  const Place one;
  const Place other;
  Overlay first;
  Overlay second;
  SystemError error;
  REQUIRE(first.Place(memory, one.data(), kSize, &error));
  REQUIRE(second.Place(memory, other.data(), kSize, &error));
  CHECK(one.data()[0] == 0);
  one.data()[kSize - 1] = 7;
  CHECK(other.data()[kSize - 1] == 7);
  CHECK(one.NeighboursAreWhole());
  CHECK(first.data() == one.data());
  CHECK(first.size() == kSize);
}

TEST_CASE("overlay: what was removed is private, zero and can be written") {
  const Handle memory = NewSealed(kSize);
  const Place place;
  const Place other;
  Overlay overlay;
  Overlay stays;
  SystemError error;
  REQUIRE(overlay.Place(memory, place.data(), kSize, &error));
  REQUIRE(stays.Place(memory, other.data(), kSize, &error));
  place.data()[0] = 7;
  CHECK(overlay.Remove());
  CHECK(overlay.Remove());
  CHECK_FALSE(overlay.placed());
  CHECK(place.data()[0] == 0);
  place.data()[0] = 9;
  CHECK(other.data()[0] == 7);
  CHECK(place.NeighboursAreWhole());
}

TEST_CASE("overlay: the end of an overlay removes it") {
  const Handle memory = NewSealed(kSize);
  const Place place;
  {
    Overlay overlay;
    SystemError error;
    REQUIRE(overlay.Place(memory, place.data(), kSize, &error));
    place.data()[0] = 7;
  }
  CHECK(place.data()[0] == 0);
}

TEST_CASE("overlay: only whole pages are touched") {
  const Handle memory = NewSealed(kSize);
  const Place place;
  Overlay overlay;
  SystemError error;
  CHECK_FALSE(overlay.Place(memory, place.data() + 16, kSize, &error));
  CHECK(error.code == EINVAL);
  CHECK_FALSE(overlay.Place(memory, place.data(), kSize - 1, &error));
  CHECK_FALSE(overlay.Place(memory, place.data(), 0, &error));
  CHECK_FALSE(overlay.Place(memory, nullptr, kSize, &error));
  CHECK(place.data()[0] == 3);
  CHECK_FALSE(overlay.placed());
}

TEST_CASE("overlay: an overlay lies in one place") {
  const Handle memory = NewSealed(kSize);
  const Place place;
  const Place other;
  Overlay overlay;
  SystemError error;
  REQUIRE(overlay.Place(memory, place.data(), kSize, &error));
  CHECK_FALSE(overlay.Place(memory, other.data(), kSize, &error));
  CHECK(other.data()[0] == 3);
}

TEST_CASE("overlay: without memory the place stays as it was") {
  const Place place;
  Overlay overlay;
  SystemError error;
  CHECK_FALSE(overlay.Place(Handle(), place.data(), kSize, &error));
  CHECK(std::string(error.call) == "mmap");
  CHECK(place.data()[0] == 3);
}
