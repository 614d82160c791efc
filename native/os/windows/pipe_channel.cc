#include "os/windows/pipe_channel.h"

#include <algorithm>
#include <cstring>

#include "os/closer.h"
#include "os/windows/security.h"

namespace ringwire {
namespace {

// What a peer may have sent that is not taken yet. Frames that tell of others
// come on top, so less than kPipeBuffer.
constexpr size_t kWindow = size_t{64} * 1024;
constexpr size_t kMostFrames = 256;
// After so many frames that it took a side tells the other; after each, when
// the other may have to wait for that.
constexpr uint64_t kTellFrames = 16;

size_t SizeOf(const Frame& frame) {
  return FrameSize(frame.bytes.size(), frame.numbers.size());
}

// Whether the kernel can have given out this number.
bool IsHandle(uint64_t number) {
  return number <= INT64_MAX &&
         HandleOf(static_cast<int64_t>(number)) != kNoHandle;
}

}  // namespace

std::unique_ptr<PipeChannel> PipeChannel::Open(Handle pipe, Side side,
                                               SystemError* error) {
  std::unique_ptr<PipeEnd> end = PipeEnd::Open(std::move(pipe), error);
  if (end == nullptr) return nullptr;
  std::unique_ptr<PipeChannel> channel(new PipeChannel(std::move(end), side));
  const HANDLE file = channel->pipe_->file();
  const bool opened = side == Side::kAcceptor
                          ? channel->peer_.OpenClient(file, error)
                          : channel->peer_.OpenServer(file, error);
  if (!opened) return nullptr;
  channel->pushes_ = channel->acceptor();
  // The peer may have said all it has to say, and be gone.
  channel->ReadFrames();
  channel->AlarmIfReadable();
  return channel;
}

PipeChannel::~PipeChannel() {
  const auto close = [this] {
    ReadFrames();
    for (Incoming& each : incoming_) {
      for (Handle& handle : each.handles) CloseAside(std::move(handle));
      ++taken_;
    }
    incoming_.clear();
  };
  pipe_->CollectLast();
  close();
  // Either the peer learns what was not taken here, and closes what it has
  // pushed since, or it has closed its end, and this is all there is.
  if (!broken_ && Tell(FrameKind::kLast, taken_) == IoResult::kClosed) {
    pipe_->CollectLast();
    close();
  }
  if (!peer_takes_no_more_) return;
  for (const Outgoing& each : outgoing_) TakeBack(each.pushed);
}

void PipeChannel::AllowHandles() {
  allowed_ = true;
  if (!acceptor() || key_.valid()) return;
  // Nobody is given a handle of it: who can set it has made one.
  NobodyMayOpen security;
  key_ =
      Handle(CreateEventExW(security.get(), nullptr, CREATE_EVENT_MANUAL_RESET,
                            SYNCHRONIZE | EVENT_MODIFY_STATE));
  // Without it the peer holds what it sends.
  if (!key_.valid()) return;
  Tell(FrameKind::kKey, static_cast<uint64_t>(NumberOf(key_.get())));
}

void PipeChannel::TryKey(uint64_t number) {
  if (!peer_.open()) return;
  const Handle key = peer_.Pull(number, EVENT_MODIFY_STATE);
  pushes_ = key.valid() && SetEvent(key.get());
}

void PipeChannel::Look() {
  if (over()) return;
  // Before the pipe: what it sent before it died is there by now.
  const bool dead = peer_.died();
  pipe_->Quiet();
  pipe_->Collect();
  ReadFrames();
  dead_ = dead;
}

void PipeChannel::ReadFrames() {
  std::vector<uint8_t>& inbox = pipe_->inbox();
  size_t position = 0;
  while (!broken_) {
    Frame frame;
    size_t used = 0;
    const DecodeResult result =
        Decode(inbox.data() + position, inbox.size() - position, &frame, &used);
    if (result == DecodeResult::kIncomplete) break;
    position += used;
    broken_ = result == DecodeResult::kBad || !Read(std::move(frame));
  }
  inbox.erase(inbox.begin(), inbox.begin() + static_cast<ptrdiff_t>(position));
}

bool PipeChannel::Read(Frame frame) {
  switch (frame.kind) {
    case FrameKind::kPushed:
    case FrameKind::kHeld: {
      Incoming incoming;
      incoming.frame = std::move(frame);
      incoming_size_ += SizeOf(incoming.frame);
      if (incoming_.size() >= kMostFrames || incoming_size_ > kWindow) {
        return false;
      }
      if (!ReadHandles(&incoming)) return false;
      incoming_.push_back(std::move(incoming));
      return true;
    }
    case FrameKind::kTaken:
      return ReadTaken(frame.numbers[0]);
    case FrameKind::kLast:
      peer_takes_no_more_ = true;
      return ReadTaken(frame.numbers[0]);
    case FrameKind::kPulled:
      return ReadPulled(frame.numbers[0]);
    case FrameKind::kKey:
      if (acceptor() || !IsHandle(frame.numbers[0])) return false;
      TryKey(frame.numbers[0]);
      return true;
  }
  return false;
}

bool PipeChannel::ReadHandles(Incoming* incoming) {
  const std::vector<uint64_t>& numbers = incoming->frame.numbers;
  if (numbers.empty()) return true;
  if (!std::all_of(numbers.begin(), numbers.end(), IsHandle)) return false;
  // They stay numbers: whoever receives finds out.
  if (acceptor() && !allowed_) return true;
  const bool held = incoming->frame.kind == FrameKind::kHeld;
  if (held && !acceptor()) return false;
  // Who can push can do anything to this process. Nobody else may say which of
  // its handles are theirs.
  if (!held && acceptor() &&
      (!key_.valid() || WaitForSingleObject(key_.get(), 0) != WAIT_OBJECT_0)) {
    return false;
  }
  for (const uint64_t number : numbers) {
    Handle handle = held ? peer_.Pull(number, 0)
                         : Handle(HandleOf(static_cast<int64_t>(number)));
    if (!handle.valid()) {
      Fail("DuplicateHandle", &incoming->failure);
      break;
    }
    incoming->handles.push_back(std::move(handle));
  }
  if (held) Tell(FrameKind::kPulled, ++pulled_);
  return true;
}

bool PipeChannel::ReadTaken(uint64_t count) {
  if (count < taken_by_peer_ || count - taken_by_peer_ > outgoing_.size()) {
    return false;
  }
  for (; taken_by_peer_ < count; ++taken_by_peer_) {
    outgoing_size_ -= outgoing_.front().size;
    outgoing_.pop_front();
  }
  return true;
}

bool PipeChannel::ReadPulled(uint64_t count) {
  if (count < pulled_by_peer_ || count - pulled_by_peer_ > held_.size()) {
    return false;
  }
  for (; pulled_by_peer_ < count; ++pulled_by_peer_) held_.pop_front();
  return true;
}

IoResult PipeChannel::Send(const void* bytes, size_t size,
                           const NativeHandle* handles, size_t count) {
  if (size == 0 || size > kMostFrameBytes || count > kMostFrameNumbers) {
    return IoResult::kError;
  }
  Look();
  AlarmIfReadable();
  if (over() || peer_takes_no_more_) return IoResult::kClosed;
  const size_t length = FrameSize(size, count);
  if (outgoing_size_ + length > kWindow || outgoing_.size() >= kMostFrames) {
    return IoResult::kAgain;
  }
  Outgoing outgoing{length, {}};
  std::vector<Handle> held;
  std::vector<uint64_t> numbers;
  for (size_t i = 0; i < count; ++i) {
    uint64_t number = 0;
    if (pushes_) {
      if (!peer_.open() || !peer_.Push(handles[i], &number)) {
        TakeBack(outgoing.pushed);
        return peer_.died() ? IoResult::kClosed : IoResult::kError;
      }
      outgoing.pushed.push_back(number);
    } else {
      HANDLE copy = nullptr;
      if (!DuplicateHandle(GetCurrentProcess(), handles[i], GetCurrentProcess(),
                           &copy, 0, FALSE, DUPLICATE_SAME_ACCESS)) {
        return IoResult::kError;
      }
      held.emplace_back(copy);
      number = static_cast<uint64_t>(NumberOf(copy));
    }
    numbers.push_back(number);
  }
  const FrameKind kind = held.empty() ? FrameKind::kPushed : FrameKind::kHeld;
  const IoResult written = pipe_->Write(Encode(kind, numbers, bytes, size));
  if (written != IoResult::kOk) {
    TakeBack(outgoing.pushed);
    return written;
  }
  if (!held.empty()) held_.push_back(std::move(held));
  outgoing_size_ += length;
  outgoing_.push_back(std::move(outgoing));
  return IoResult::kOk;
}

IoResult PipeChannel::Receive(void* bytes, size_t capacity, size_t* got,
                              std::vector<Handle>* handles, size_t max_handles,
                              SystemError* error) {
  Look();
  if (incoming_.empty()) return Take(bytes, capacity, got);
  Incoming& next = incoming_.front();
  if (acceptor() && !allowed_ && !next.frame.numbers.empty()) {
    return IoResult::kError;
  }
  std::vector<Handle> came = std::move(next.handles);
  next.handles.clear();
  const SystemError failure = std::exchange(next.failure, {});
  const IoResult result = Take(bytes, capacity, got);
  const size_t kept =
      failure.code != 0 ? 0 : std::min(came.size(), max_handles);
  for (size_t i = 0; i < came.size(); ++i) {
    if (i < kept) {
      handles->push_back(std::move(came[i]));
    } else {
      CloseAside(std::move(came[i]));
    }
  }
  if (failure.code == 0) return result;
  if (error != nullptr) *error = failure;
  return IoResult::kError;
}

IoResult PipeChannel::ReceiveBytes(void* bytes, size_t capacity, size_t* got) {
  Look();
  if (!incoming_.empty() && !incoming_.front().frame.numbers.empty()) {
    return IoResult::kError;
  }
  return Take(bytes, capacity, got);
}

IoResult PipeChannel::Take(void* bytes, size_t capacity, size_t* got) {
  if (incoming_.empty()) {
    AlarmIfReadable();
    if (broken_) return IoResult::kError;
    return over() ? IoResult::kClosed : IoResult::kAgain;
  }
  Incoming& next = incoming_.front();
  const size_t whole = next.frame.bytes.size();
  const size_t size = std::min(capacity, whole - next.taken);
  memcpy(bytes, next.frame.bytes.data() + next.taken, size);
  next.taken += size;
  *got = size;
  if (next.taken == whole) {
    const size_t length = SizeOf(next.frame);
    incoming_.pop_front();
    NoteTaken(length);
  }
  AlarmIfReadable();
  return IoResult::kOk;
}

void PipeChannel::NoteTaken(size_t size) {
  ++taken_;
  untold_ += size;
  incoming_size_ -= size;
  const bool plenty = 2 * (incoming_.size() + taken_ - told_) < kMostFrames &&
                      2 * (incoming_size_ + untold_) < kWindow;
  if (plenty && taken_ - told_ < kTellFrames) return;
  if (Tell(FrameKind::kTaken, taken_) != IoResult::kOk) return;
  told_ = taken_;
  untold_ = 0;
}

IoResult PipeChannel::Tell(FrameKind kind, uint64_t number) {
  if (pipe_->ended()) return IoResult::kClosed;
  const IoResult result = pipe_->Write(Encode(kind, {number}, nullptr, 0));
  // Its own window has room for that.
  if (result == IoResult::kAgain) broken_ = true;
  return result;
}

void PipeChannel::TakeBack(const std::vector<uint64_t>& pushed) const {
  for (const uint64_t number : pushed) peer_.TakeBack(number);
}

void PipeChannel::AlarmIfReadable() {
  if (over() || !incoming_.empty()) pipe_->Alarm();
}

bool PipeChannel::HungUp() {
  Look();
  if (over()) pipe_->Alarm();
  return over();
}

bool PipeChannel::WaitReadable(int timeout_ms) {
  Look();
  if (over() || !incoming_.empty()) return true;
  HANDLE handles[2] = {pipe_->event(), peer_.waitable()};
  const DWORD count = handles[1] == nullptr ? 1 : 2;
  const DWORD milliseconds =
      timeout_ms < 0 ? INFINITE : static_cast<DWORD>(timeout_ms);
  const DWORD result =
      WaitForMultipleObjects(count, handles, FALSE, milliseconds);
  return result != WAIT_TIMEOUT && result != WAIT_FAILED;
}

}  // namespace ringwire
