#ifndef RINGWIRE_OS_WINDOWS_PIPE_END_H_
#define RINGWIRE_OS_WINDOWS_PIPE_END_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "os/handle.h"
#include "os/socket.h"
#include "os/system_error.h"
#include "os/windows/win32.h"

namespace ringwire {

// What either end may have in the pipe: more than PipeChannel lets a peer send
// that is not read.
constexpr DWORD kPipeBuffer = 128 * 1024;

// One connected end of a pipe of bytes. Owns it, and always has a read under
// way, whose end signals event(). The kernel writes into it, so it stays where
// it is. One thread; nothing here waits for the peer.
class PipeEnd {
 public:
  // Null on failure.
  static std::unique_ptr<PipeEnd> Open(Handle file, SystemError* error);
  ~PipeEnd() { Stop(); }
  PipeEnd(const PipeEnd&) = delete;
  PipeEnd& operator=(const PipeEnd&) = delete;

  // Appends what has come to inbox().
  void Collect();
  // The same, and there is no read under way afterwards.
  void CollectLast();
  // Nothing comes any more: the other end is closed, and inbox() has the rest.
  bool ended() const { return ended_; }
  // For the caller to take from; at most kPipeBuffer.
  std::vector<uint8_t>& inbox() { return inbox_; }

  // Writes all or nothing. kAgain: there was no room for it.
  IoResult Write(const std::vector<uint8_t>& bytes);

  // event() stays signalled until Quiet(), or until a Collect() finds nothing.
  void Alarm();
  void Quiet();
  HANDLE event() const { return event_.get(); }
  HANDLE file() const { return file_.get(); }

 private:
  explicit PipeEnd(Handle file) : file_(std::move(file)) {}

  // Begins the next read. True: it has ended already, or there is none.
  bool Read();
  // Takes over what a read that has ended has brought.
  void Finish();
  void Stop();

  Handle file_;
  Handle event_;    // of the read
  Handle written_;  // of a write
  OVERLAPPED read_{};
  bool reading_ = false;
  bool ended_ = false;
  bool alarmed_ = false;
  std::vector<uint8_t> inbox_;
  uint8_t chunk_[4096];
};

// The same for an end that nobody reads, with an event for it.
IoResult WriteTo(HANDLE pipe, HANDLE event, const std::vector<uint8_t>& bytes);

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_PIPE_END_H_
