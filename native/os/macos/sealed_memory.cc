#include "os/sealed_memory.h"

#include <fcntl.h>
#include <libproc.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <utility>

#include "os/macos/descriptor.h"
#include "os/random.h"

namespace ringwire {
namespace {

// The largest page of a Mac. A process for Intel on Apple silicon has smaller
// ones, and the same memory.
constexpr size_t kPage = 16384;
constexpr size_t kNameSize = 32;  // PSHMNAMLEN is 31
constexpr int kMostTries = 4;

constexpr uint64_t WholePages(size_t size) {
  return (uint64_t{size} + kPage - 1) / kPage * kPage;
}

// What the kernel knows of shared memory; fails for anything else.
bool Describe(NativeHandle handle, pshm_info* memory, SystemError* error) {
  pshm_fdinfo info{};
  const int size =
      proc_pidfdinfo(getpid(), handle, PROC_PIDFDPSHMINFO, &info, sizeof(info));
  if (size != static_cast<int>(sizeof(info))) {
    return Fail("proc_pidfdinfo", error);
  }
  *memory = info.pshminfo;
  return true;
}

// The name is there for microseconds, and for this user only. It stays with the
// memory when nobody can find it any more: see IsSameMemory().
bool CreateMemory(Handle* handle, SystemError* error) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    uint64_t random[2];
    uint32_t more = 0;
    if (!FillRandom(random, sizeof(random), error)) return false;
    more = static_cast<uint32_t>(random[1] & 0xFFFFFFF);
    char name[kNameSize];
    snprintf(name, sizeof(name), "/ringwire%015" PRIx64 "%07" PRIx32,
             random[0] >> 4, more);
    Handle made(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
    if (!made.valid()) {
      if (errno == EEXIST) continue;
      return Fail("shm_open", error);
    }
    if (shm_unlink(name) != 0) return Fail("shm_unlink", error);
    if (!CloseOnExec(made)) return Fail("fcntl(F_SETFD)", error);
    *handle = std::move(made);
    return true;
  }
  return Fail("shm_open", error);
}

}  // namespace

// XNU lets the size of shared memory be set once, so what has a size is sealed.

bool CreateSealed(size_t size, Handle* handle, SystemError* error) {
  Handle made;
  if (!CreateMemory(&made, error)) return false;
  if (ftruncate(made.get(), static_cast<off_t>(WholePages(size))) != 0) {
    return Fail("ftruncate", error);
  }
  *handle = std::move(made);
  return true;
}

bool CheckSealed(const Handle& handle, size_t size, SystemError* error) {
  pshm_info memory{};
  if (!Describe(handle.get(), &memory, error)) return false;
  const int mode = fcntl(handle.get(), F_GETFL);
  if (mode < 0) return Fail("fcntl(F_GETFL)", error);
  if ((mode & O_ACCMODE) != O_RDWR) {
    *error = {"segment access", EACCES};
    return false;
  }
  // 0 where nobody has set it yet.
  const auto length = static_cast<uint64_t>(memory.pshm_stat.vst_size);
  if (size == 0 || length != WholePages(size)) {
    *error = {"segment size", EINVAL};
    return false;
  }
  return true;
}

// Shared memory has no number here, but it keeps its name, which is random. A
// peer that gives other memory the same one has its own taken for it.
bool IsSameMemory(NativeHandle one, NativeHandle other) {
  pshm_info first{};
  pshm_info second{};
  SystemError error{};
  return Describe(one, &first, &error) && Describe(other, &second, &error) &&
         first.pshm_stat.vst_size == second.pshm_stat.vst_size &&
         strncmp(first.pshm_name, second.pshm_name, sizeof(first.pshm_name)) ==
             0;
}

}  // namespace ringwire
