#include "os/macos/path_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

namespace ringwire {
namespace {

using std::chrono::steady_clock;

// Who looks holds the lock for microseconds, unless it is stopped just then.
constexpr auto kLongestLook = std::chrono::seconds(1);

std::string LockOf(const std::string& path) { return path + ".lock"; }

// Whether the open file is still the one at the path: who leaves removes it.
bool IsStillAt(const Handle& file, const std::string& path) {
  struct stat opened{};
  struct stat named{};
  return fstat(file.get(), &opened) == 0 && lstat(path.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

bool FailTaken(SystemError* error) {
  *error = {"bind", EADDRINUSE};
  return false;
}

}  // namespace

bool TakePath(const std::string& path, Handle* lock, SystemError* error) {
  const std::string name = LockOf(path);
  const auto end = steady_clock::now() + kLongestLook;
  for (; steady_clock::now() < end; std::this_thread::yield()) {
    Handle file(open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                     S_IRUSR | S_IWUSR));
    if (!file.valid()) return Fail("open", error);
    if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return Fail("flock", error);
      // A listener shares it with nobody; who only looks, does.
      if (flock(file.get(), LOCK_SH | LOCK_NB) != 0) {
        return FailTaken(error);
      }
      continue;
    }
    if (!IsStillAt(file, name)) continue;
    if (unlink(path.c_str()) != 0 && errno != ENOENT) {
      return Fail("unlink", error);
    }
    *lock = std::move(file);
    return true;
  }
  return FailTaken(error);
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
