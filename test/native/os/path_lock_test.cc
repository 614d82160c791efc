// Of macOS, and of nothing that only macOS has.
#include "os/macos/path_lock.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

// A path of its own, and nothing there at its end.
struct Place {
  Place() {
    char name[] = "/tmp/ringwire-path-XXXXXX";
    REQUIRE(mkdtemp(name) != nullptr);
    folder = name;
    path = folder + "/socket";
  }
  ~Place() {
    unlink(path.c_str());
    unlink((path + ".lock").c_str());
    rmdir(folder.c_str());
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  std::string folder;
  std::string path;
};

void MakeFile(const std::string& path) {
  const Handle file(open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  REQUIRE(file.valid());
}

bool IsThere(const std::string& path) {
  return access(path.c_str(), F_OK) == 0;
}

}  // namespace

TEST_CASE("path lock: a path has one holder at a time") {
  const Place place;
  Handle lock;
  SystemError error{};
  CHECK_FALSE(IsPathTaken(place.path));
  REQUIRE(TakePath(place.path, &lock, &error));
  CHECK(IsPathTaken(place.path));
  Handle second;
  CHECK_FALSE(TakePath(place.path, &second, &error));
  CHECK(error.code == EADDRINUSE);
  CHECK_FALSE(second.valid());
  LeavePath(place.path, std::move(lock));
  CHECK_FALSE(IsPathTaken(place.path));
  CHECK(TakePath(place.path, &second, &error));
}

TEST_CASE("path lock: who leaves leaves no file behind") {
  const Place place;
  Handle lock;
  SystemError error{};
  REQUIRE(TakePath(place.path, &lock, &error));
  MakeFile(place.path);
  LeavePath(place.path, std::move(lock));
  CHECK_FALSE(IsThere(place.path));
  CHECK_FALSE(IsThere(place.path + ".lock"));
}

TEST_CASE("path lock: what a dead holder has left is removed") {
  const Place place;
  const pid_t child = fork();
  if (child == 0) {
    Handle lock;
    SystemError error{};
    const bool taken = TakePath(place.path, &lock, &error);
    const int made = open(place.path.c_str(), O_CREAT | O_WRONLY, 0600);
    _exit(taken && made >= 0 ? 0 : 1);
  }
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
  CHECK(IsThere(place.path));
  CHECK_FALSE(IsPathTaken(place.path));
  Handle lock;
  SystemError error{};
  CHECK(TakePath(place.path, &lock, &error));
  CHECK_FALSE(IsThere(place.path));
}

TEST_CASE("path lock: who only looks keeps nobody from taking it") {
  const Place place;
  Handle lock;
  SystemError error{};
  const pid_t child = fork();
  if (child == 0) {
    for (int i = 0; i < 20000; ++i) static_cast<void>(IsPathTaken(place.path));
    _exit(0);
  }
  int refused = 0;
  for (int i = 0; i < 500; ++i) {
    if (!TakePath(place.path, &lock, &error)) ++refused;
    LeavePath(place.path, std::move(lock));
  }
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(refused == 0);
}

TEST_CASE("path lock: a link in the place of the lock is not followed") {
  const Place place;
  REQUIRE(symlink("/dev/null", (place.path + ".lock").c_str()) == 0);
  Handle lock;
  SystemError error{};
  CHECK_FALSE(TakePath(place.path, &lock, &error));
  CHECK(error.code == ELOOP);
}

TEST_CASE("path lock: where there is no such folder the error says so") {
  Handle lock;
  SystemError error{};
  CHECK_FALSE(TakePath("/nowhere/socket", &lock, &error));
  CHECK(error.code == ENOENT);
  CHECK(std::string(error.call) == "open");
}
