#ifndef RINGWIRE_OS_WINDOWS_SECURITY_H_
#define RINGWIRE_OS_WINDOWS_SECURITY_H_

#include <memory>
#include <string>

#include "os/system_error.h"
#include "os/windows/win32.h"

namespace ringwire {

// For objects without a name that are handed on with fewer rights: nobody has
// any, not even their owner, who could otherwise allow itself all. So
// DuplicateHandle cannot give a peer more than it was sent. Who makes such an
// object gets the rights that it asks for. A plain value.
class NobodyMayOpen {
 public:
  NobodyMayOpen();
  NobodyMayOpen(const NobodyMayOpen&) = delete;
  NobodyMayOpen& operator=(const NobodyMayOpen&) = delete;

  SECURITY_ATTRIBUTES* get() { return &attributes_; }

 private:
  // One entry.
  alignas(ACL) unsigned char acl_[sizeof(ACL) + sizeof(ACCESS_ALLOWED_ACE) +
                                  SECURITY_MAX_SID_SIZE];
  SECURITY_DESCRIPTOR descriptor_{};
  SECURITY_ATTRIBUTES attributes_{};
};

// For objects with a name: they belong to the user of this process, and only
// this user may open them, however privileged the process is. Owns the
// descriptor.
class OnlyThisUser {
 public:
  OnlyThisUser() = default;
  [[nodiscard]] bool Make(SystemError* error);
  SECURITY_ATTRIBUTES* get() { return &attributes_; }

 private:
  struct Free {
    void operator()(void* memory) const { LocalFree(memory); }
  };
  std::unique_ptr<void, Free> descriptor_;
  SECURITY_ATTRIBUTES attributes_{};
};

// The security identifier of the user of a process; empty when it may not be
// known.
std::string UserOf(HANDLE process);
// The same of who owns an object with a name.
std::string OwnerOf(HANDLE object);

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_SECURITY_H_
