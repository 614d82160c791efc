#include "os/segment.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "helpers/descriptor_limit.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr size_t kSize = 64 * 1024;
constexpr int kAllSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

// Memory as a peer could offer it.
Handle Offered(size_t size, int seals) {
  Handle handle(memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  REQUIRE(ftruncate(handle.get(), static_cast<off_t>(size)) == 0);
  REQUIRE(fcntl(handle.get(), F_ADD_SEALS, seals) == 0);
  return handle;
}

SystemError AdoptError(Handle handle, size_t size) {
  Segment segment;
  SystemError error;
  CHECK_FALSE(Segment::Adopt(std::move(handle), size, &segment, &error));
  CHECK(segment.data() == nullptr);
  return error;
}

Segment Created() {
  Segment segment;
  SystemError error;
  REQUIRE(Segment::Create(kSize, &segment, &error));
  return segment;
}

Handle Duplicate(const Handle& handle) {
  return Handle(fcntl(handle.get(), F_DUPFD_CLOEXEC, 0));
}

}  // namespace

TEST_CASE("a new segment is zeroed and has its size") {
  const Segment segment = Created();
  REQUIRE(segment.size() == kSize);
  bool zero = true;
  for (size_t i = 0; i < kSize; ++i) zero = zero && segment.data()[i] == 0;
  CHECK(zero);
}

TEST_CASE("a segment has no pages before it is used") {
  Segment mine;
  Segment theirs;
  SystemError error;
  REQUIRE(Segment::Create(kSize, &mine, &error));
  REQUIRE(Segment::Adopt(Duplicate(mine.handle()), kSize, &theirs, &error));
  const auto present = [&mine] {
    struct stat status{};
    REQUIRE(fstat(mine.handle().get(), &status) == 0);
    return static_cast<size_t>(status.st_blocks) * 512;
  };
  CHECK(present() == 0);
  mine.data()[kSize - 1] = 7;
  CHECK(theirs.data()[kSize - 1] == 7);
  CHECK(present() > 0);
  CHECK(present() < kSize);
}

TEST_CASE("nobody can change the size of a segment or its seals") {
  const Segment segment = Created();
  const int descriptor = segment.handle().get();
  CHECK(ftruncate(descriptor, 0) != 0);
  CHECK(errno == EPERM);
  CHECK(ftruncate(descriptor, 2 * kSize) != 0);
  CHECK(errno == EPERM);
  CHECK(fcntl(descriptor, F_ADD_SEALS, F_SEAL_WRITE) != 0);
  CHECK(errno == EPERM);
}

TEST_CASE("a segment is not inherited by other programs") {
  const Segment segment = Created();
  CHECK((fcntl(segment.handle().get(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("both sides see the same bytes") {
  const Segment mine = Created();
  Segment theirs;
  SystemError error;
  REQUIRE(Segment::Adopt(Duplicate(mine.handle()), kSize, &theirs, &error));
  CHECK(theirs.data() != mine.data());
  mine.data()[0] = 1;
  theirs.data()[kSize - 1] = 2;
  CHECK(theirs.data()[0] == 1);
  CHECK(mine.data()[kSize - 1] == 2);
}

TEST_CASE("a segment without any one of the seals is refused") {
  for (const int missing : {F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_SEAL}) {
    CAPTURE(missing);
    const SystemError error =
        AdoptError(Offered(kSize, kAllSeals & ~missing), kSize);
    CHECK(std::string(error.call) == "segment seals");
    CHECK(error.code == EPERM);
  }
}

TEST_CASE("a segment of another size than agreed is refused") {
  for (const size_t size : {size_t{0}, kSize - 1, kSize + 1, 2 * kSize}) {
    CAPTURE(size);
    const SystemError error = AdoptError(Offered(size, kAllSeals), kSize);
    CHECK(std::string(error.call) == "segment size");
    CHECK(error.code == EINVAL);
  }
}

TEST_CASE("what is not sealable memory is refused") {
  const SystemError file =
      AdoptError(Handle(open("/dev/null", O_RDWR | O_CLOEXEC)), kSize);
  CHECK(std::string(file.call) == "fcntl(F_GET_SEALS)");
  CHECK(file.code == EINVAL);
  CHECK(AdoptError(Handle(), kSize).code == EBADF);
}

TEST_CASE("memory that nobody may write to is refused") {
  // F_SEAL_FUTURE_WRITE, which older headers lack.
  for (const int seal : {F_SEAL_WRITE, 0x0010}) {
    const SystemError error =
        AdoptError(Offered(kSize, kAllSeals | seal), kSize);
    CHECK(std::string(error.call) == "segment access");
    CHECK(error.code == EACCES);
  }
}

TEST_CASE("memory that this side may not write to is refused") {
  const Handle memory = Offered(kSize, kAllSeals);
  const std::string path = "/proc/self/fd/" + std::to_string(memory.get());
  const SystemError error =
      AdoptError(Handle(open(path.c_str(), O_RDONLY | O_CLOEXEC)), kSize);
  CHECK(std::string(error.call) == "segment access");
}

TEST_CASE("a segment stays mapped without its descriptor") {
  Segment segment = Created();
  Segment theirs;
  SystemError error;
  REQUIRE(Segment::Adopt(Duplicate(segment.handle()), kSize, &theirs, &error));
  segment.CloseHandle();
  CHECK_FALSE(segment.handle().valid());
  segment.data()[7] = 7;
  CHECK(theirs.data()[7] == 7);
}

TEST_CASE("a segment moves with its mapping") {
  Segment first = Created();
  uint8_t* const data = first.data();
  Segment second = std::move(first);
  CHECK(second.data() == data);
  CHECK(second.size() == kSize);
  Segment third = Created();
  third = std::move(second);
  CHECK(third.data() == data);
  third.data()[0] = 1;
}

TEST_CASE("without descriptors a segment says which call failed") {
  Segment segment;
  SystemError error;
  {
    const NoNewDescriptors limit;
    CHECK_FALSE(Segment::Create(kSize, &segment, &error));
  }
  CHECK(std::string(error.call) == "memfd_create");
  CHECK(error.code == EMFILE);
}

TEST_CASE("a segment too large for the address space says so") {
  Segment segment;
  SystemError error;
  CHECK_FALSE(Segment::Create(size_t{1} << 62, &segment, &error));
  CHECK(error.code != 0);
}

TEST_CASE("holes that a peer punches into a segment read as zeros") {
  const Segment mine = Created();
  memset(mine.data(), 1, kSize);
  REQUIRE(fallocate(mine.handle().get(),
                    FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, kSize) == 0);
  CHECK(mine.data()[0] == 0);
  CHECK(mine.data()[kSize - 1] == 0);
}
