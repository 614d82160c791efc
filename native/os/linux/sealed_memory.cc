#include "os/sealed_memory.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace ringwire {
namespace {

constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
// MFD_NOEXEC_SEAL, since Linux 6.3; older headers lack it. A system may demand
// it (vm.memfd_noexec=2).
constexpr unsigned kNoExecSeal = 8;
// F_SEAL_FUTURE_WRITE, since Linux 5.1; older headers lack it.
constexpr int kReadOnlySeals = F_SEAL_WRITE | 0x0010;

int CreateMemory() {
  constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  const int made = memfd_create("ringwire", kFlags | kNoExecSeal);
  return made < 0 && errno == EINVAL ? memfd_create("ringwire", kFlags) : made;
}

}  // namespace

bool CreateSealed(size_t size, Handle* handle, SystemError* error) {
  Handle made(CreateMemory());
  if (!made.valid()) return Fail("memfd_create", error);
  if (ftruncate(made.get(), static_cast<off_t>(size)) != 0) {
    return Fail("ftruncate", error);
  }
  if (fcntl(made.get(), F_ADD_SEALS, kSeals) != 0) {
    return Fail("fcntl(F_ADD_SEALS)", error);
  }
  *handle = std::move(made);
  return true;
}

bool CheckSealed(const Handle& handle, size_t size, SystemError* error) {
  const int seals = fcntl(handle.get(), F_GET_SEALS);
  if (seals < 0) return Fail("fcntl(F_GET_SEALS)", error);
  struct stat status{};
  if (fstat(handle.get(), &status) != 0) return Fail("fstat", error);
  struct statfs system{};
  if (fstatfs(handle.get(), &system) != 0) return Fail("fstatfs", error);
  if ((seals & kSeals) != kSeals) {
    *error = {"segment seals", EPERM};
    return false;
  }
  const int mode = fcntl(handle.get(), F_GETFL);
  if ((seals & kReadOnlySeals) != 0 || (mode & O_ACCMODE) != O_RDWR) {
    *error = {"segment access", EACCES};
    return false;
  }
  if (status.st_size < 0 || static_cast<size_t>(status.st_size) != size) {
    *error = {"segment size", EINVAL};
    return false;
  }
  // Huge pages can be sealed too, but there may be none left at an access.
  if (system.f_type != TMPFS_MAGIC) {
    *error = {"segment pages", EINVAL};
    return false;
  }
  return true;
}

bool IsSameMemory(NativeHandle one, NativeHandle other) {
  struct stat first{};
  struct stat second{};
  return fstat(one, &first) == 0 && fstat(other, &second) == 0 &&
         first.st_ino == second.st_ino && first.st_dev == second.st_dev;
}

}  // namespace ringwire
