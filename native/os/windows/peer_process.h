#ifndef RINGWIRE_OS_WINDOWS_PEER_PROCESS_H_
#define RINGWIRE_OS_WINDOWS_PEER_PROCESS_H_

#include <cstdint>

#include "os/handle.h"
#include "os/process.h"
#include "os/system_error.h"
#include "os/windows/win32.h"

namespace ringwire {

// The process at the other end of a pipe, and how handles go there and come
// from there. Owns its handle of the process. Any thread.
class PeerProcess {
 public:
  // Who connected to this pipe. It counts as another user's when this process
  // may not hand it anything.
  [[nodiscard]] bool OpenClient(HANDLE pipe, SystemError* error);
  // Who made this pipe; the process itself may be out of reach.
  [[nodiscard]] bool OpenServer(HANDLE pipe, SystemError* error);

  ProcessId id() const { return id_; }
  bool same_user() const { return same_user_; }
  // Whether Push() and Pull() may work.
  bool open() const { return open_; }
  // Null where it cannot be waited for, and where it is this process.
  NativeHandle waitable() const { return waitable_ ? process_.get() : nullptr; }
  bool died() const;

  // Gives it a copy of a handle of this process, with the same rights.
  [[nodiscard]] bool Push(NativeHandle handle, uint64_t* number) const;
  // Closes what was pushed.
  void TakeBack(uint64_t number) const;
  // Makes a copy of one of its handles, with these rights, or, for 0, the same.
  [[nodiscard]] Handle Pull(uint64_t number, DWORD access) const;

 private:
  ProcessId id_ = 0;
  Handle process_;
  bool same_user_ = false;
  bool open_ = false;
  bool waitable_ = false;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_PEER_PROCESS_H_
