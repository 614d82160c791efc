#ifndef RINGWIRE_ADDON_LISTENER_WRAP_H_
#define RINGWIRE_ADDON_LISTENER_WRAP_H_

#include <napi.h>

#include <list>
#include <memory>

#include "addon/loop_watch.h"
#include "link/handshake.h"
#include "os/process.h"
#include "os/socket.h"

namespace ringwire {

// JavaScript's `NativeListener`: accepts peers on one address and asks
// JavaScript about each before any memory is shared. Holds itself and what it
// calls alive until close(). Never blocks. Processes that do not finish their
// handshakes hold each a bounded number of places, and displace each other, not
// those who do. Everybody who is displaced, or comes too late, is told
// kRefused.
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

  using PendingList = std::list<std::unique_ptr<Pending>>;

  void OnReadable();
  void Take(Socket socket);
  // Sees to it that a peer of this process may begin. False: it may not.
  bool MakeRoom(ProcessId process);
  // Refuses the oldest handshake of this process that has come nowhere yet,
  // or else, if `any`, that waits for the peer. False: there is none.
  bool Displace(ProcessId process, bool any);
  // Takes the handshake as far as the peer has come.
  void Advance(Pending* pending);
  HandshakeStep Decide(Pending* pending);
  void HandOver(Pending* pending);
  void Drop(Pending* pending);
  void Release();

  Socket socket_;
  std::unique_ptr<LoopWatch> watch_;
  PendingList pending_;  // oldest first
  Napi::FunctionReference authorize_;
  Napi::FunctionReference on_link_;
  uint32_t event_capacity_ = 0;
  uint32_t reply_capacity_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_LISTENER_WRAP_H_
