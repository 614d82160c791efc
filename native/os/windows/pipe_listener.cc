#include "os/windows/pipe_listener.h"

#include <algorithm>
#include <utility>

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

bool IsPlain(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
         byte == '-' || byte == '_';
}

}  // namespace

std::wstring PipeName(const std::string& name, SystemError* error) {
  constexpr wchar_t kDigits[] = L"0123456789abcdef";
  std::wstring result = LR"(\\.\pipe\)";
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
  if (!listener->Make(true, first.get(), error)) return nullptr;
  listener->instances_.push_back(std::move(first));
  listener->Refill();
  return listener;
}

bool PipeListener::Make(bool first, Instance* instance,
                        SystemError* error) const {
  OnlyThisUser security;
  if (!security.Make(error)) return false;
  const DWORD only_first = first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0;
  const HANDLE made = CreateNamedPipeW(
      name_.c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | only_first,
      PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT |
          PIPE_REJECT_REMOTE_CLIENTS,
      PIPE_UNLIMITED_INSTANCES, kPipeBuffer, kPipeBuffer, 0, security.get());
  if (made == INVALID_HANDLE_VALUE) {
    Fail("CreateNamedPipe", error);
    // What the system says of a name that is taken.
    if (first && error->code == ERROR_ACCESS_DENIED) {
      error->code = ERROR_ADDRESS_ALREADY_ASSOCIATED;
    }
    return false;
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
    if (!Make(false, next.get(), &error)) return;
    instances_.push_back(std::move(next));
  }
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
  const auto has_peer = [this](const auto& each) {
    return HasPeer(each.get());
  };
  // In this order: who comes after the look signals it again.
  ResetEvent(event_.get());
  const auto found =
      std::find_if(instances_.begin(), instances_.end(), has_peer);
  if (found == instances_.end()) {
    Refill();
    return IoResult::kAgain;
  }
  auto next = std::make_unique<Instance>();
  SystemError error;
  IoResult result = IoResult::kOk;
  if (Make(false, next.get(), &error)) {
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
  // Making an instance wait resets the event of all.
  if (std::any_of(instances_.begin(), instances_.end(), has_peer)) {
    SetEvent(event_.get());
  }
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
