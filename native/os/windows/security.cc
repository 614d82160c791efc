#include "os/windows/security.h"

#include <aclapi.h>
#include <sddl.h>

#include <cstddef>

namespace ringwire {
namespace {

std::string TextOf(PSID sid) {
  char* text = nullptr;
  if (!ConvertSidToStringSidA(sid, &text)) return "";
  std::string result(text);
  LocalFree(text);
  return result;
}

}  // namespace

NobodyMayOpen::NobodyMayOpen() {
  // None of these can fail on memory of the right size.
  alignas(SID) std::byte owner[SECURITY_MAX_SID_SIZE];
  DWORD size = sizeof(owner);
  CreateWellKnownSid(WinCreatorOwnerRightsSid, nullptr, owner, &size);
  auto* const acl = reinterpret_cast<ACL*>(acl_);
  InitializeAcl(acl, sizeof(acl_), ACL_REVISION);
  // An entry for the owner takes the place of what owners have anyway.
  AddAccessAllowedAce(acl, ACL_REVISION, READ_CONTROL, owner);
  InitializeSecurityDescriptor(&descriptor_, SECURITY_DESCRIPTOR_REVISION);
  SetSecurityDescriptorDacl(&descriptor_, TRUE, acl, FALSE);
  attributes_ = {sizeof(attributes_), &descriptor_, FALSE};
}

bool OnlyThisUser::Make(SystemError* error) {
  const std::string user = UserOf(GetCurrentProcess());
  if (user.empty()) return Fail("OpenProcessToken", error);
  // Owner; then one entry, all rights, and nothing inherited.
  const std::string text = "O:" + user + "D:P(A;;GA;;;" + user + ")";
  PSECURITY_DESCRIPTOR made = nullptr;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorA(
          text.c_str(), SDDL_REVISION_1, &made, nullptr)) {
    return Fail("ConvertStringSecurityDescriptorToSecurityDescriptor", error);
  }
  descriptor_.reset(made);
  attributes_ = {sizeof(attributes_), made, FALSE};
  return true;
}

std::string UserOf(HANDLE process) {
  HANDLE opened = nullptr;
  if (!OpenProcessToken(process, TOKEN_QUERY, &opened)) return "";
  const Handle token(opened);
  alignas(TOKEN_USER)
      std::byte user[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  DWORD size = 0;
  if (!GetTokenInformation(token.get(), TokenUser, user, sizeof(user), &size)) {
    return "";
  }
  return TextOf(reinterpret_cast<const TOKEN_USER*>(user)->User.Sid);
}

std::string OwnerOf(HANDLE object) {
  PSID owner = nullptr;
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  const DWORD failed =
      GetSecurityInfo(object, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION,
                      &owner, nullptr, nullptr, nullptr, &descriptor);
  if (failed != ERROR_SUCCESS) {
    SetLastError(failed);
    return "";
  }
  const std::string text = TextOf(owner);
  LocalFree(descriptor);
  return text;
}

}  // namespace ringwire
