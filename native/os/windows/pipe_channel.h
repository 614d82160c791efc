#ifndef RINGWIRE_OS_WINDOWS_PIPE_CHANNEL_H_
#define RINGWIRE_OS_WINDOWS_PIPE_CHANNEL_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "os/handle.h"
#include "os/native.h"
#include "os/socket.h"
#include "os/system_error.h"
#include "os/windows/frame.h"
#include "os/windows/peer_process.h"
#include "os/windows/pipe_end.h"

namespace ringwire {

// A connected Socket: bytes and handles over a pipe. Owns the pipe and what is
// on its way. See native/README.md, "On Windows".
//
// The acceptor puts handles into the connector's process, and makes copies of
// those that the connector holds for it. A connector that can reach the
// acceptor's process proves that, and puts handles there: what it sent arrives
// even when it dies.
class PipeChannel {
 public:
  enum class Side { kAcceptor, kConnector };
  // Null on failure.
  static std::unique_ptr<PipeChannel> Open(Handle pipe, Side side,
                                           SystemError* error);
  // Closes the handles that came and nobody took.
  ~PipeChannel();
  PipeChannel(const PipeChannel&) = delete;
  PipeChannel& operator=(const PipeChannel&) = delete;

  // As in Socket.
  void AllowHandles();
  IoResult Send(const void* bytes, size_t size, const NativeHandle* handles,
                size_t count);
  IoResult Receive(void* bytes, size_t capacity, size_t* got,
                   std::vector<Handle>* handles, size_t max_handles,
                   SystemError* error);
  IoResult ReceiveBytes(void* bytes, size_t capacity, size_t* got);
  bool HungUp();
  bool WaitReadable(int timeout_ms);
  const PeerProcess& peer() const { return peer_; }
  Waitable waitable() const { return {pipe_->event(), peer_.waitable()}; }

 private:
  // A frame that came.
  struct Incoming {
    Frame frame;
    size_t taken = 0;             // bytes
    std::vector<Handle> handles;  // of its numbers
    SystemError failure;          // with a code: they are lost
  };
  // A frame that went, and that the peer has not taken yet.
  struct Outgoing {
    size_t size = 0;
    std::vector<uint64_t> pushed;  // handles of the peer
  };

  PipeChannel(std::unique_ptr<PipeEnd> pipe, Side side)
      : pipe_(std::move(pipe)), side_(side) {}

  bool acceptor() const { return side_ == Side::kAcceptor; }
  bool over() const { return broken_ || dead_ || pipe_->ended(); }
  // Looks at what has come.
  void Look();
  void ReadFrames();
  // False: the peer broke the protocol.
  bool Read(Frame frame);
  bool ReadHandles(Incoming* incoming);
  bool ReadTaken(uint64_t count);
  bool ReadPulled(uint64_t count);
  // Whether the acceptor lets this side put handles into its process.
  void TryKey(uint64_t number);
  // Signals waitable().first for whoever waits for bytes.
  void AlarmIfReadable();

  IoResult Take(void* bytes, size_t capacity, size_t* got);
  void NoteTaken(size_t size);
  // What the peer does not learn of has to be closed by this side.
  void TakeBack(const std::vector<uint64_t>& pushed) const;
  IoResult Tell(FrameKind kind, uint64_t number);

  std::unique_ptr<PipeEnd> pipe_;
  const Side side_;
  PeerProcess peer_;
  bool dead_ = false;    // the peer's process has ended
  bool broken_ = false;  // the peer broke the protocol

  bool allowed_ = false;  // acceptor: the peer may send handles
  Handle key_;            // acceptor: signalled by a peer that can push
  bool pushes_ = false;   // whether this side pushes what it sends

  std::deque<Incoming> incoming_;
  size_t incoming_size_ = 0;
  uint64_t taken_ = 0;   // frames, by this side
  uint64_t told_ = 0;    // of these, as far as the peer knows
  size_t untold_ = 0;    // bytes of the rest
  uint64_t pulled_ = 0;  // held frames of the peer

  std::deque<Outgoing> outgoing_;
  size_t outgoing_size_ = 0;
  uint64_t taken_by_peer_ = 0;
  bool peer_takes_no_more_ = false;
  std::deque<std::vector<Handle>> held_;  // one for each held frame
  uint64_t pulled_by_peer_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_PIPE_CHANNEL_H_
