#include "os/windows/pipe_end.h"

#include <utility>

namespace ringwire {
namespace {

bool IsHangUp(DWORD error) {
  return error == ERROR_BROKEN_PIPE || error == ERROR_NO_DATA ||
         error == ERROR_PIPE_NOT_CONNECTED;
}

Handle NewEvent() {
  return Handle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
}

// Which a request is until it has ended, whatever its event says.
bool IsUnderWay(const OVERLAPPED& request) {
  return !HasOverlappedIoCompleted(&request);
}

}  // namespace

std::unique_ptr<PipeEnd> PipeEnd::Open(Handle file, SystemError* error) {
  std::unique_ptr<PipeEnd> end(new PipeEnd(std::move(file)));
  end->event_ = NewEvent();
  end->written_ = NewEvent();
  if (!end->event_.valid() || !end->written_.valid()) {
    Fail("CreateEvent", error);
    return nullptr;
  }
  end->Collect();
  return end;
}

void PipeEnd::Collect() {
  // Bounded: whoever does not keep to the window has no more read.
  while (!ended_ && inbox_.size() < kPipeBuffer) {
    if (reading_ && IsUnderWay(read_)) return;
    if (reading_) Finish();
    if (!ended_ && !Read()) return;
  }
}

void PipeEnd::CollectLast() {
  Collect();
  Stop();
}

bool PipeEnd::Read() {
  read_ = {};
  read_.hEvent = event_.get();
  reading_ = true;
  alarmed_ = false;
  if (ReadFile(file_.get(), chunk_, sizeof(chunk_), nullptr, &read_)) {
    return true;
  }
  if (GetLastError() == ERROR_IO_PENDING) return false;
  reading_ = false;
  ended_ = true;
  return true;
}

void PipeEnd::Finish() {
  DWORD got = 0;
  reading_ = false;
  if (GetOverlappedResult(file_.get(), &read_, &got, FALSE)) {
    inbox_.insert(inbox_.end(), chunk_, chunk_ + got);
  } else if (GetLastError() != ERROR_OPERATION_ABORTED) {
    // Aborted is what was begun by a thread that has ended.
    ended_ = true;
  }
}

void PipeEnd::Stop() {
  if (!reading_) return;
  CancelIoEx(file_.get(), &read_);
  DWORD got = 0;
  // Its end is certain by now, and near.
  GetOverlappedResult(file_.get(), &read_, &got, TRUE);
  Finish();
}

IoResult PipeEnd::Write(const std::vector<uint8_t>& bytes) {
  return WriteTo(file_.get(), written_.get(), bytes);
}

void PipeEnd::Alarm() {
  if (!std::exchange(alarmed_, true)) SetEvent(event_.get());
}

void PipeEnd::Quiet() {
  // Before the next look: a read that ends later signals it again.
  if (std::exchange(alarmed_, false)) ResetEvent(event_.get());
}

IoResult WriteTo(HANDLE pipe, HANDLE event, const std::vector<uint8_t>& bytes) {
  OVERLAPPED request{};
  request.hEvent = event;
  const auto size = static_cast<DWORD>(bytes.size());
  DWORD written = 0;
  BOOL done = WriteFile(pipe, bytes.data(), size, nullptr, &request);
  if (!done && GetLastError() != ERROR_IO_PENDING) {
    return IsHangUp(GetLastError()) ? IoResult::kClosed : IoResult::kError;
  }
  // What the buffer takes is done at once. The rest would wait for the peer.
  if (IsUnderWay(request)) CancelIoEx(pipe, &request);
  done = GetOverlappedResult(pipe, &request, &written, TRUE);
  if (done && written == size) return IoResult::kOk;
  if (done || written > 0) return IoResult::kError;
  if (GetLastError() == ERROR_OPERATION_ABORTED) return IoResult::kAgain;
  return IsHangUp(GetLastError()) ? IoResult::kClosed : IoResult::kError;
}

}  // namespace ringwire
