#include "addon/listener_wrap.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "addon/environment.h"
#include "addon/link_wrap.h"
#include "os/thread.h"

namespace ringwire {
namespace {

// Handshakes under way: of one process, whose others come again, and of all.
// On Linux one costs up to six descriptors.
constexpr size_t kMostOfOne = 32;
constexpr size_t kMostPending = 128;
// Peers taken in one turn of the event loop.
constexpr int kMostAccepts = 16;

Napi::Uint8Array ToUint8Array(Napi::Env env, const Token& token) {
  auto array = Napi::Uint8Array::New(env, token.size());
  std::copy(token.begin(), token.end(), array.Data());
  return array;
}

}  // namespace

Napi::Function ListenerWrap::Define(Napi::Env env) {
  return DefineClass(env, "NativeListener",
                     {
                         InstanceMethod("close", &ListenerWrap::Close),
                         InstanceMethod("ref", &ListenerWrap::RefLoop),
                         InstanceMethod("unref", &ListenerWrap::UnrefLoop),
                     });
}

Napi::Value ListenerWrap::Create(Napi::Env env, const std::string& address,
                                 const Napi::Object& options) {
  Socket socket;
  SystemError error{};
  if (!Socket::Listen(address, &socket, &error)) {
    ThrowSystemError(env, error);
    return env.Undefined();
  }
  socket.set_farewell(Farewell());
  return Environment::Get(env)->listener_class.New(
      {Napi::External<Socket>::New(env, &socket), options});
}

ListenerWrap::ListenerWrap(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  const Napi::Env env = info.Env();
  if (info.Length() != 2 || !info[0].IsExternal()) {
    Napi::TypeError::New(env, "NativeListener is made by listen")
        .ThrowAsJavaScriptException();
    return;
  }
  socket_ = std::move(*info[0].As<Napi::External<Socket>>().Data());
  const auto options = info[1].As<Napi::Object>();
  event_capacity_ =
      options.Get("eventCapacity").As<Napi::Number>().Uint32Value();
  reply_capacity_ =
      options.Get("replyCapacity").As<Napi::Number>().Uint32Value();
  authorize_ = Napi::Persistent(options.Get("authorize").As<Napi::Function>());
  on_link_ = Napi::Persistent(options.Get("onLink").As<Napi::Function>());
  SystemError error{};
  watch_ = Environment::Get(env)->Watch(
      env, socket_.waitable(), WatchFor::kReadable,
      [](void* self) { static_cast<ListenerWrap*>(self)->OnReadable(); }, this,
      &error);
  if (watch_ == nullptr) {
    ThrowSystemError(env, error);
    return;
  }
  Ref();
}

// Listeners hold themselves until close(): this is the end of the environment.
ListenerWrap::~ListenerWrap() { Release(); }

void ListenerWrap::Close(const Napi::CallbackInfo& /*info*/) {
  if (watch_ == nullptr) return;
  Release();
  Unref();
}

void ListenerWrap::RefLoop(const Napi::CallbackInfo& /*info*/) {
  if (watch_ != nullptr) watch_->Ref();
}

void ListenerWrap::UnrefLoop(const Napi::CallbackInfo& /*info*/) {
  if (watch_ != nullptr) watch_->Unref();
}

ListenerWrap::Pending::Pending(ListenerWrap* owner, Socket socket)
    : owner(owner),
      handshake(std::move(socket), owner->event_capacity_,
                owner->reply_capacity_) {}

void ListenerWrap::OnReadable() {
  for (int i = 0; i < kMostAccepts; ++i) {
    Socket peer;
    if (socket_.Accept(&peer) != IoResult::kOk) return;
    Take(std::move(peer));
  }
}

void ListenerWrap::Take(Socket socket) {
  auto pending = std::make_unique<Pending>(this, std::move(socket));
  AcceptorHandshake& handshake = pending->handshake;
  // Another user, who knows by now.
  if (handshake.status() != Status::kOk) return;
  if (!MakeRoom(handshake.peer_process())) {
    handshake.Reject(Status::kRefused);
    return;
  }
  SystemError error{};
  pending->watch = Environment::Get(Env())->Watch(
      Env(), handshake.waitable(), WatchFor::kReadable,
      [](void* data) {
        auto* pending = static_cast<Pending*>(data);
        pending->owner->Advance(pending);
      },
      pending.get(), &error);
  if (pending->watch == nullptr) {
    handshake.Reject(Status::kRefused);
    return;
  }
  // A peer in the middle of its handshake must not keep a process alive
  // that has nothing else to do.
  pending->watch->Unref();
  pending_.push_back(std::move(pending));
}

bool ListenerWrap::MakeRoom(ProcessId process) {
  std::map<ProcessId, size_t> held;
  for (const auto& each : pending_) ++held[each->handshake.peer_process()];
  if (held[process] >= kMostOfOne) return Displace(process, false);
  if (pending_.size() < kMostPending) return true;
  const auto most = std::max_element(
      held.begin(), held.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  return Displace(most->first, false) || Displace(most->first, true);
}

bool ListenerWrap::Displace(ProcessId process, bool any) {
  const auto found =
      std::find_if(pending_.begin(), pending_.end(), [&](const auto& each) {
        const AcceptorHandshake& handshake = each->handshake;
        return handshake.peer_process() == process && !each->deciding &&
               (any || handshake.silent()) && !handshake.HasMore();
      });
  if (found == pending_.end()) return false;
  // Its watch goes before the socket.
  (*found)->watch.reset();
  if ((*found)->handshake.silent()) {
    (*found)->handshake.Reject(Status::kRefused);
  }
  pending_.erase(found);
  return true;
}

void ListenerWrap::Advance(Pending* pending) {
  // authorize() runs a loop of its own: the peer waits for its answer.
  if (pending->deciding) return;
  const Napi::HandleScope scope(Env());
  HandshakeStep step = pending->handshake.Advance();
  if (step == HandshakeStep::kDecide) step = Decide(pending);
  switch (step) {
    case HandshakeStep::kWait:
    case HandshakeStep::kDecide:
      return;
    case HandshakeStep::kFailed:
      Drop(pending);
      return;
    case HandshakeStep::kDone:
      HandOver(pending);
      return;
  }
}

HandshakeStep ListenerWrap::Decide(Pending* pending) {
  const Napi::Env env = Env();
  AcceptorHandshake& handshake = pending->handshake;
  pending->deciding = true;
  napi_value verdict =
      CallIntoJs(env, Value(), authorize_.Value(),
                 {ToUint8Array(env, handshake.token()),
                  Napi::Number::New(env, handshake.peer_process())});
  // authorize() may have closed this listener, and the handshake with it.
  if (watch_ == nullptr) return HandshakeStep::kWait;
  pending->deciding = false;
  bool admitted = false;
  if (verdict != nullptr) napi_get_value_bool(env, verdict, &admitted);
  return admitted ? handshake.MakeOffer(CurrentThread())
                  : handshake.Reject(Status::kBadToken);
}

void ListenerWrap::HandOver(Pending* pending) {
  const Napi::Env env = Env();
  const Token token = pending->handshake.token();
  // The watch goes before the link puts its own on the same socket.
  pending->watch.reset();
  LinkParts parts = pending->handshake.TakeParts();
  Drop(pending);
  const Napi::Object link = LinkWrap::Create(env, std::move(parts));
  CallIntoJs(env, Value(), on_link_.Value(), {link, ToUint8Array(env, token)});
}

void ListenerWrap::Drop(Pending* pending) {
  pending_.remove_if([&](const std::unique_ptr<Pending>& each) {
    return each.get() == pending;
  });
}

void ListenerWrap::Release() {
  for (const auto& each : pending_) {
    each->watch.reset();
    if (each->handshake.silent()) each->handshake.Reject(Status::kRefused);
  }
  pending_.clear();
  watch_.reset();
  socket_.Close();
  // They hold who listens, and through it our own object.
  authorize_.Reset();
  on_link_.Reset();
}

}  // namespace ringwire
