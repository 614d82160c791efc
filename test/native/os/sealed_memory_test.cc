#include "os/sealed_memory.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "helpers/new_sealed.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr size_t kSize = 64 * 1024;

}  // namespace

// What is refused for its seals or its size is in segment_test.cc.

TEST_CASE("sealed memory passes its own check") {
  SystemError error;
  CHECK(CheckSealed(NewSealed(kSize), kSize, &error));
}

TEST_CASE("sealed memory of huge pages is refused: there may be none left") {
  constexpr size_t kHugePage = size_t{2} << 20;
  const Handle memory(
      memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_HUGETLB));
  if (!memory.valid()) {
    MESSAGE("this kernel has no huge pages");
    return;
  }
  REQUIRE(ftruncate(memory.get(), kHugePage) == 0);
  REQUIRE(fcntl(memory.get(), F_ADD_SEALS,
                F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0);
  SystemError error;
  CHECK_FALSE(CheckSealed(memory, kHugePage, &error));
  CHECK(std::string(error.call) == "segment pages");
}

TEST_CASE("memory is the same behind all its descriptors, and no others") {
  const Handle memory = NewSealed(kSize);
  const Handle same(fcntl(memory.get(), F_DUPFD_CLOEXEC, 0));
  const Handle other = NewSealed(kSize);
  CHECK(IsSameMemory(memory.get(), same.get()));
  CHECK_FALSE(IsSameMemory(memory.get(), other.get()));
  CHECK_FALSE(IsSameMemory(memory.get(), kNoHandle));
  CHECK_FALSE(IsSameMemory(kNoHandle, kNoHandle));
}
