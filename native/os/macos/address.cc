#include "os/macos/address.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <climits>
#include <cstdio>
#include <cstring>
#include <utility>

namespace ringwire {
namespace {

// FNV-1a.
uint64_t Hash(const std::string& name) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
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

}  // namespace ringwire
