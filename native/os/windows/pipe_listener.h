#ifndef RINGWIRE_OS_WINDOWS_PIPE_LISTENER_H_
#define RINGWIRE_OS_WINDOWS_PIPE_LISTENER_H_

#include <memory>
#include <string>
#include <vector>

#include "os/handle.h"
#include "os/socket.h"
#include "os/system_error.h"
#include "os/windows/win32.h"

namespace ringwire {

// The name by which pipes know what `name` says: as it is in a few characters,
// and escaped in others, since names of pipes know no case. Empty, with an
// error, when it is too long.
std::wstring PipeName(const std::string& name, SystemError* error);

// Whether somebody listens on it; a pipe stays as long as anybody is connected.
bool IsListenedOn(const std::wstring& pipe);

// A listening Socket: some instances of a pipe, each of which takes one peer.
// Owns them. The kernel writes into it, so it stays where it is. One thread.
class PipeListener {
 public:
  // Null on failure.
  static std::unique_ptr<PipeListener> Open(const std::string& name,
                                            SystemError* error);
  PipeListener(const PipeListener&) = delete;
  PipeListener& operator=(const PipeListener&) = delete;

  // The end of the next peer. kError: there was no room for it, and it has
  // got the farewell, unless that was the last instance.
  IoResult Accept(const std::string& farewell, Handle* peer);
  // Nobody can connect any more, and who has gets the farewell.
  void Close(const std::string& farewell);
  HANDLE event() const { return event_.get(); }

 private:
  struct Instance {
    Handle file;
    OVERLAPPED request{};
    bool waiting = false;  // for a peer
  };

  using Instances = std::vector<std::unique_ptr<Instance>>;

  PipeListener() = default;
  // Takes the name for this listener alone.
  [[nodiscard]] bool TakeName(SystemError* error);
  [[nodiscard]] bool Make(Instance* instance, SystemError* error) const;
  // Waits for the next peer, without blocking.
  [[nodiscard]] bool Wait(Instance* instance, SystemError* error) const;
  // Makes up for instances that there was no room for, and signals event() if
  // a peer has come.
  void Refill();
  // The first instance to which a peer has come, or the end.
  Instances::iterator FindPeer();
  // Whether a peer has come; begins again where one has failed.
  bool HasPeer(Instance* instance) const;
  void Dismiss(const Handle& peer, const std::string& farewell) const;

  std::wstring name_;
  Handle taken_;  // exists as long as this listens
  Handle event_;  // of all instances
  Instances instances_;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_PIPE_LISTENER_H_
