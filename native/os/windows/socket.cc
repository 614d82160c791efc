#include "os/socket.h"

#include <utility>

#include "os/random.h"
#include "os/windows/pipe_channel.h"
#include "os/windows/pipe_listener.h"

namespace ringwire {
namespace {

// The server may learn who this process is, and not act in its name.
constexpr DWORD kFlags =
    FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION;

Handle OpenPipe(const std::wstring& name) {
  const HANDLE opened = CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE,
                                    0, nullptr, OPEN_EXISTING, kFlags, nullptr);
  return opened == INVALID_HANDLE_VALUE ? Handle() : Handle(opened);
}

}  // namespace

SocketState::SocketState() = default;
SocketState::~SocketState() = default;
SocketState::SocketState(SocketState&& other) noexcept = default;
SocketState& SocketState::operator=(SocketState&& other) noexcept = default;

bool Socket::Listen(const std::string& name, Socket* result,
                    SystemError* error) {
  result->state_.listener = PipeListener::Open(name, error);
  return result->state_.listener != nullptr;
}

bool Socket::Connect(const std::string& name, Socket* result,
                     SystemError* error) {
  const std::wstring path = PipeName(name, error);
  if (path.empty()) return false;
  Handle pipe = OpenPipe(path);
  if (!pipe.valid()) {
    Fail("CreateFile", error);
    if (error->code == ERROR_PIPE_BUSY && !IsListenedOn(path)) {
      error->code = ERROR_FILE_NOT_FOUND;
    }
    return false;
  }
  result->state_.channel =
      PipeChannel::Open(std::move(pipe), PipeChannel::Side::kConnector, error);
  return result->state_.channel != nullptr;
}

bool Socket::Pair(Socket* one, Socket* other, SystemError* error) {
  // Nobody can guess it, and nobody else may open it.
  char name[16];
  if (!FillRandom(name, sizeof(name), error)) return false;
  Socket listener;
  if (!Listen({name, sizeof(name)}, &listener, error) ||
      !Connect({name, sizeof(name)}, other, error)) {
    return false;
  }
  if (listener.Accept(one) != IoResult::kOk) {
    return Fail("ConnectNamedPipe", error);
  }
  one->AllowHandles();
  return true;
}

IoResult Socket::Accept(Socket* peer) {
  if (state_.listener == nullptr) return IoResult::kError;
  Handle pipe;
  const IoResult result = state_.listener->Accept(farewell_, &pipe);
  if (result != IoResult::kOk) return result;
  SystemError error;
  peer->state_.channel =
      PipeChannel::Open(std::move(pipe), PipeChannel::Side::kAcceptor, &error);
  return peer->state_.channel == nullptr ? IoResult::kError : IoResult::kOk;
}

void Socket::Close() {
  if (state_.listener != nullptr) state_.listener->Close(farewell_);
  state_ = {};
}

void Socket::AllowHandles() const {
  if (state_.channel != nullptr) state_.channel->AllowHandles();
}

IoResult Socket::Send(const void* bytes, size_t size,
                      const NativeHandle* handles, size_t count) {
  if (state_.channel == nullptr) return IoResult::kError;
  return state_.channel->Send(bytes, size, handles, count);
}

IoResult Socket::Receive(void* bytes, size_t capacity, size_t* got,
                         std::vector<Handle>* handles, size_t max_handles,
                         SystemError* error) {
  if (state_.channel == nullptr) return IoResult::kError;
  return state_.channel->Receive(bytes, capacity, got, handles, max_handles,
                                 error);
}

IoResult Socket::ReceiveBytes(void* bytes, size_t capacity, size_t* got) {
  if (state_.channel == nullptr) return IoResult::kError;
  return state_.channel->ReceiveBytes(bytes, capacity, got);
}

bool Socket::Identify(PeerIdentity* peer, SystemError* error) const {
  if (state_.channel == nullptr) {
    *error = {"GetNamedPipeClientProcessId", ERROR_INVALID_HANDLE};
    return false;
  }
  const PeerProcess& process = state_.channel->peer();
  *peer = {process.id(), process.same_user()};
  return true;
}

bool Socket::HungUp() const {
  return state_.channel == nullptr || state_.channel->HungUp();
}

bool Socket::WaitReadable(int timeout_ms) const {
  return state_.channel != nullptr && state_.channel->WaitReadable(timeout_ms);
}

Waitable Socket::waitable() const {
  if (state_.channel != nullptr) return state_.channel->waitable();
  if (state_.listener != nullptr) return {state_.listener->event(), kNoHandle};
  return {};
}

}  // namespace ringwire
