#include "os/windows/peer_process.h"

#include <utility>

#include "os/windows/security.h"

namespace ringwire {

bool PeerProcess::OpenClient(HANDLE pipe, SystemError* error) {
  ULONG id = 0;
  if (!GetNamedPipeClientProcessId(pipe, &id)) {
    return Fail("GetNamedPipeClientProcessId", error);
  }
  id_ = id;
  process_ = Handle(OpenProcess(
      PROCESS_DUP_HANDLE | SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION,
      FALSE, id));
  open_ = process_.valid();
  waitable_ = open_ && !IsCurrentProcess(id_);
  same_user_ = open_ && UserOf(process_.get()) == CurrentUser();
  return true;
}

bool PeerProcess::OpenServer(HANDLE pipe, SystemError* error) {
  ULONG id = 0;
  if (!GetNamedPipeServerProcessId(pipe, &id)) {
    return Fail("GetNamedPipeServerProcessId", error);
  }
  id_ = id;
  // Only who made the pipe could make it ours.
  const std::string owner = OwnerOf(pipe);
  same_user_ = !owner.empty() && owner == CurrentUser();
  process_ = Handle(OpenProcess(PROCESS_DUP_HANDLE | SYNCHRONIZE, FALSE, id));
  open_ = process_.valid();
  if (!open_) process_ = Handle(OpenProcess(SYNCHRONIZE, FALSE, id));
  waitable_ = process_.valid() && !IsCurrentProcess(id_);
  return true;
}

bool PeerProcess::died() const {
  return waitable_ && WaitForSingleObject(process_.get(), 0) == WAIT_OBJECT_0;
}

bool PeerProcess::Push(NativeHandle handle, uint64_t* number) const {
  HANDLE pushed = nullptr;
  if (!DuplicateHandle(GetCurrentProcess(), handle, process_.get(), &pushed, 0,
                       FALSE, DUPLICATE_SAME_ACCESS)) {
    return false;
  }
  *number = static_cast<uint64_t>(NumberOf(pushed));
  return true;
}

void PeerProcess::TakeBack(uint64_t number) const {
  // Fails where the process is gone, and with it the handle.
  DuplicateHandle(process_.get(), HandleOf(static_cast<int64_t>(number)),
                  nullptr, nullptr, 0, FALSE, DUPLICATE_CLOSE_SOURCE);
}

Handle PeerProcess::Pull(uint64_t number, DWORD access) const {
  HANDLE pulled = nullptr;
  if (!DuplicateHandle(process_.get(), HandleOf(static_cast<int64_t>(number)),
                       GetCurrentProcess(), &pulled, access, FALSE,
                       access == 0 ? DUPLICATE_SAME_ACCESS : 0)) {
    return Handle();
  }
  return Handle(pulled);
}

}  // namespace ringwire
