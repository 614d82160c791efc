#include "os/macos/address.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <climits>
#include <cstdio>
#include <cstring>
#include <utility>

namespace ringwire {
namespace {

// Each try but the last has met somebody who looked, or who left.
constexpr int kMostTries = 64;

// FNV-1a.
uint64_t Hash(const std::string& name) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

std::string LockOf(const std::string& path) { return path + ".lock"; }

// Whether the open file is still the one at the path: who leaves removes it.
bool IsStillAt(const Handle& file, const std::string& path) {
  struct stat opened{};
  struct stat named{};
  return fstat(file.get(), &opened) == 0 && lstat(path.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

bool Fail(const char* call, int code, SystemError* error) {
  *error = {call, code};
  return false;
}

}  // namespace

bool PathOfName(const std::string& name, std::string* path,
                SystemError* error) {
  if (name.empty()) return Fail("bind", EINVAL, error);
  char folder[PATH_MAX];
  const size_t size = confstr(_CS_DARWIN_USER_TEMP_DIR, folder, sizeof(folder));
  if (size == 0) return ringwire::Fail("confstr", error);
  if (size > sizeof(folder)) return Fail("confstr", ENAMETOOLONG, error);
  char file[40];
  snprintf(file, sizeof(file), "/ringwire-%016" PRIx64, Hash(name));
  std::string made = folder;
  if (!made.empty() && made.back() == '/') made.pop_back();
  made += file;
  if (made.size() >= sizeof(sockaddr_un::sun_path)) {
    return Fail("bind", ENAMETOOLONG, error);
  }
  *path = std::move(made);
  return true;
}

sockaddr_un AddressOf(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  memcpy(address.sun_path, path.data(), path.size());
  address.sun_len = static_cast<unsigned char>(SUN_LEN(&address));
  return address;
}

bool TakePath(const std::string& path, Handle* lock, SystemError* error) {
  const std::string name = LockOf(path);
  for (int tries = 0; tries < kMostTries; ++tries) {
    Handle file(open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                     S_IRUSR | S_IWUSR));
    if (!file.valid()) return ringwire::Fail("open", error);
    if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return ringwire::Fail("flock", error);
      // A listener shares it with nobody; who only looks, does.
      if (flock(file.get(), LOCK_SH | LOCK_NB) != 0) {
        return Fail("bind", EADDRINUSE, error);
      }
      continue;
    }
    if (!IsStillAt(file, name)) continue;
    if (unlink(path.c_str()) != 0 && errno != ENOENT) {
      return ringwire::Fail("unlink", error);
    }
    *lock = std::move(file);
    return true;
  }
  return Fail("bind", EADDRINUSE, error);
}

void LeavePath(const std::string& path, Handle lock) {
  // What cannot be removed is replaced by the next listener.
  unlink(path.c_str());
  unlink(LockOf(path).c_str());
  lock.Close();
}

bool IsPathTaken(const std::string& path) {
  const Handle file(
      open(LockOf(path).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  return file.valid() && flock(file.get(), LOCK_SH | LOCK_NB) != 0 &&
         errno == EWOULDBLOCK;
}

}  // namespace ringwire
