#ifndef RINGWIRE_ADDON_LISTENER_WRAP_H_
#define RINGWIRE_ADDON_LISTENER_WRAP_H_

#include <napi.h>

#include <list>
#include <memory>

#include "addon/loop_watch.h"
#include "link/handshake.h"
#include "os/socket.h"

namespace ringwire {

// JavaScript's `NativeListener`: accepts peers on one address and asks
// JavaScript about each before any memory is shared. Holds itself and what it
// calls alive until close(). Never blocks: a peer that stops in the middle of
// its handshake holds one descriptor until kMostPending others have come after
// it.
class ListenerWrap : public Napi::ObjectWrap<ListenerWrap> {
 public:
  static Napi::Function Define(Napi::Env env);
  // Throws a JavaScript error with `code` and `syscall` on failure.
  static Napi::Value Create(Napi::Env env, const std::string& address,
                            const Napi::Object& options);

  explicit ListenerWrap(const Napi::CallbackInfo& info);
  ~ListenerWrap() override;
  ListenerWrap(const ListenerWrap&) = delete;
  ListenerWrap& operator=(const ListenerWrap&) = delete;

 private:
  struct Pending {
    Pending(ListenerWrap* owner, Socket socket);
    ListenerWrap* const owner;
    AcceptorHandshake handshake;
    std::unique_ptr<LoopWatch> watch;
    bool deciding = false;  // authorize() runs
  };

  void Close(const Napi::CallbackInfo& info);
  void RefLoop(const Napi::CallbackInfo& info);
  void UnrefLoop(const Napi::CallbackInfo& info);

  void OnReadable();
  // Drops the oldest handshake when there are too many.
  void MakeRoom();
  // Takes the handshake as far as the peer has come.
  void Advance(Pending* pending);
  HandshakeStep Decide(Pending* pending);
  void HandOver(Pending* pending);
  void Drop(Pending* pending);
  void Release();

  Socket socket_;
  std::unique_ptr<LoopWatch> watch_;
  std::list<std::unique_ptr<Pending>> pending_;
  Napi::FunctionReference authorize_;
  Napi::FunctionReference on_link_;
  uint32_t event_capacity_ = 0;
  uint32_t reply_capacity_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_LISTENER_WRAP_H_
