#include "os/windows/pipe_listener.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "os/process.h"
#include "os/windows/frame.h"
#include "os/windows/pipe_end.h"
#include "os/windows/security.h"

namespace ringwire {
namespace {

// How many peers can come before the first is accepted; the rest find the pipe
// busy, and try again.
constexpr size_t kInstances = 16;

// Of a name, in all: a limit of the system.
constexpr size_t kLongestName = 256;

constexpr wchar_t kPrefix[] = LR"(\\.\pipe\)";

// The event that exists while somebody listens on a pipe.
std::wstring ListenerName(const std::wstring& pipe) {
  return LR"(Global\rw-)" + pipe.substr(std::size(kPrefix) - 1);
}

bool NameIsTaken(SystemError* error) {
  *error = {"CreateNamedPipe", ERROR_ADDRESS_ALREADY_ASSOCIATED};
  return false;
}

bool IsPlain(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
         byte == '-' || byte == '_';
}

}  // namespace

std::wstring PipeName(const std::string& name, SystemError* error) {
  constexpr wchar_t kDigits[] = L"0123456789abcdef";
  std::wstring result = kPrefix;
  for (const char each : name) {
    const auto byte = static_cast<unsigned char>(each);
    if (IsPlain(byte)) {
      result += static_cast<wchar_t>(byte);
    } else {
      result += {L'~', kDigits[byte / 16], kDigits[byte % 16]};
    }
  }
  if (!name.empty() && result.size() <= kLongestName) return result;
  *error = {"CreateNamedPipe", ERROR_FILENAME_EXCED_RANGE};
  return L"";
}

bool IsListenedOn(const std::wstring& pipe) {
  return Handle(OpenEventW(SYNCHRONIZE, FALSE, ListenerName(pipe).c_str()))
      .valid();
}

std::unique_ptr<PipeListener> PipeListener::Open(const std::string& name,
                                                 SystemError* error) {
  std::unique_ptr<PipeListener> listener(new PipeListener());
  listener->name_ = PipeName(name, error);
  if (listener->name_.empty()) return nullptr;
  listener->event_ = Handle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  if (!listener->event_.valid()) {
    Fail("CreateEvent", error);
    return nullptr;
  }
  auto first = std::make_unique<Instance>();
  if (!listener->TakeName(error) || !listener->Make(first.get(), error)) {
    return nullptr;
  }
  // Another user's pipe, who allows it to everybody.
  if (OwnerOf(first->file.get()) != CurrentUser()) {
    NameIsTaken(error);
    return nullptr;
  }
  listener->instances_.push_back(std::move(first));
  listener->Refill();
  return listener;
}

bool PipeListener::TakeName(SystemError* error) {
  OnlyThisUser security;
  if (!security.Make(error)) return false;
  // FILE_FLAG_FIRST_PIPE_INSTANCE would also fail while anybody is connected to
  // a listener that has gone.
  Handle made(CreateEventExW(security.get(), ListenerName(name_).c_str(), 0,
                             SYNCHRONIZE));
  const DWORD code = GetLastError();
  if (made.valid() && code != ERROR_ALREADY_EXISTS) {
    taken_ = std::move(made);
    return true;
  }
  if (made.valid() || code == ERROR_ACCESS_DENIED) return NameIsTaken(error);
  *error = {"CreateEventEx", static_cast<int>(code)};
  return false;
}

bool PipeListener::Make(Instance* instance, SystemError* error) const {
  OnlyThisUser security;
  if (!security.Make(error)) return false;
  const HANDLE made = CreateNamedPipeW(
      name_.c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
      PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT |
          PIPE_REJECT_REMOTE_CLIENTS,
      PIPE_UNLIMITED_INSTANCES, kPipeBuffer, kPipeBuffer, 0, security.get());
  if (made == INVALID_HANDLE_VALUE) {
    Fail("CreateNamedPipe", error);
    // The pipe of another user.
    return error->code == ERROR_ACCESS_DENIED ? NameIsTaken(error) : false;
  }
  instance->file = Handle(made);
  return Wait(instance, error);
}

bool PipeListener::Wait(Instance* instance, SystemError* error) const {
  instance->request = {};
  instance->request.hEvent = event_.get();
  instance->waiting = false;
  if (ConnectNamedPipe(instance->file.get(), &instance->request)) return true;
  switch (GetLastError()) {
    case ERROR_IO_PENDING:
      instance->waiting = true;
      return true;
    case ERROR_PIPE_CONNECTED:
    case ERROR_NO_DATA:  // and has closed its end already
      return true;
    default:
      return Fail("ConnectNamedPipe", error);
  }
}

void PipeListener::Refill() {
  while (instances_.size() < kInstances) {
    auto next = std::make_unique<Instance>();
    SystemError error;
    if (!Make(next.get(), &error)) break;
    instances_.push_back(std::move(next));
  }
  // Making an instance wait resets the event of all.
  if (FindPeer() != instances_.end()) SetEvent(event_.get());
}

PipeListener::Instances::iterator PipeListener::FindPeer() {
  return std::find_if(instances_.begin(), instances_.end(),
                      [this](const auto& each) { return HasPeer(each.get()); });
}

bool PipeListener::HasPeer(Instance* instance) const {
  if (!instance->waiting) return true;
  if (!HasOverlappedIoCompleted(&instance->request)) return false;
  DWORD none = 0;
  instance->waiting = false;
  if (GetOverlappedResult(instance->file.get(), &instance->request, &none,
                          FALSE)) {
    return true;
  }
  // The thread that began it has ended, or the peer has gone.
  SystemError error;
  DisconnectNamedPipe(instance->file.get());
  return Wait(instance, &error) && !instance->waiting;
}

IoResult PipeListener::Accept(const std::string& farewell, Handle* peer) {
  // In this order: who comes after the look signals it again.
  ResetEvent(event_.get());
  const auto found = FindPeer();
  if (found == instances_.end()) {
    Refill();
    return IoResult::kAgain;
  }
  auto next = std::make_unique<Instance>();
  SystemError error;
  IoResult result = IoResult::kOk;
  if (Make(next.get(), &error)) {
    *peer = std::move((*found)->file);
    *found = std::move(next);
  } else if (instances_.size() > 1) {
    Dismiss((*found)->file, farewell);
    instances_.erase(found);
    result = IoResult::kError;
  } else {
    // The name must not vanish. This throws away what was written.
    DisconnectNamedPipe((*found)->file.get());
    static_cast<void>(Wait(found->get(), &error));
    result = IoResult::kError;
  }
  Refill();
  return result;
}

void PipeListener::Close(const std::string& farewell) {
  for (const auto& each : instances_) {
    if (each->waiting) {
      // Afterwards it has a peer, or can get none.
      CancelIoEx(each->file.get(), &each->request);
      DWORD none = 0;
      each->waiting =
          !GetOverlappedResult(each->file.get(), &each->request, &none, TRUE);
    }
    if (!each->waiting) Dismiss(each->file, farewell);
  }
  instances_.clear();
}

void PipeListener::Dismiss(const Handle& peer,
                           const std::string& farewell) const {
  const Handle written(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  if (farewell.empty() || !written.valid()) return;
  // A peer that is gone need not be told.
  WriteTo(peer.get(), written.get(),
          Encode(FrameKind::kPushed, {}, farewell.data(), farewell.size()));
}

}  // namespace ringwire
