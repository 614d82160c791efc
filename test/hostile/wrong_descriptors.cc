#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lies.h"

namespace ringwire::hostile {
namespace {

constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

int Memory(size_t size, int seals) {
  const int made = memfd_create("hostile", MFD_ALLOW_SEALING);
  if (ftruncate(made, static_cast<off_t>(size)) != 0 ||
      fcntl(made, F_ADD_SEALS, seals) != 0) {
    Die("memory");
  }
  return made;
}

// Memory that is as it should be, by a descriptor that may only read.
int ReadOnly(size_t size) {
  const std::string path =
      "/proc/self/fd/" + std::to_string(SealedMemory(size));
  return open(path.c_str(), O_RDONLY);
}

int PipeEnd() {
  int ends[2];
  if (pipe(ends) != 0) Die("pipe");
  return ends[1];
}

int TemporaryFile(size_t size) {
  FILE* const file = tmpfile();
  if (file == nullptr || ftruncate(fileno(file), static_cast<off_t>(size)) != 0)
    Die("tmpfile");
  return fileno(file);
}

}  // namespace

int SealedMemory(size_t size) { return Memory(size, kSeals); }

std::map<std::string, int> WrongDescriptors(size_t size) {
  return {
      {"a pipe", PipeEnd()},
      {"a file", TemporaryFile(size)},
      {"a directory", open("/", O_RDONLY | O_DIRECTORY)},
      {"a device", open("/dev/zero", O_RDWR)},
      {"a socket", socket(AF_UNIX, SOCK_STREAM, 0)},
      {"an eventfd", eventfd(0, 0)},
      {"memory without seals", memfd_create("hostile", 0)},
      {"memory that may shrink", Memory(size, kSeals & ~F_SEAL_SHRINK)},
      {"memory that may grow", Memory(size, kSeals & ~F_SEAL_GROW)},
      {"memory that may be sealed", Memory(size, kSeals & ~F_SEAL_SEAL)},
      {"memory that is too small", SealedMemory(size / 2)},
      {"memory that is too large", SealedMemory(2 * size)},
      {"memory that nobody may write to", Memory(size, kSeals | F_SEAL_WRITE)},
      {"memory that may only be read", ReadOnly(size)},
  };
}

}  // namespace ringwire::hostile
