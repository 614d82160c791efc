#ifndef RINGWIRE_ADDON_LINK_WRAP_H_
#define RINGWIRE_ADDON_LINK_WRAP_H_

#include <napi.h>

#include <cstdint>
#include <memory>
#include <optional>

#include "addon/body_buffer.h"
#include "addon/link_table.h"
#include "addon/loop_watch.h"
#include "link/link.h"

namespace ringwire {

// JavaScript's `NativeLink` (lib/core/native.ts): one Link tied to the event
// loop of the environment it was made in. Holds itself alive from start() to
// the end of the link; used on the environment's thread only.
//
// JavaScript is entered from the event loop only, with one message, and asks
// for those behind it by next(): between two it runs ticks and microtasks, as
// they run in stock Electron, at an eighth of what entering it costs. Where
// other JavaScript waits below (in drain(), in a loop within a loop), each
// message is entered for by itself, and ticks wait for that JavaScript.
//
// What is called for each message is no method but a function of the addon
// that is given the link's number. To find the wrap of an object Node-API
// looks up a private property, 0.1 us each time.
class LinkWrap : public Napi::ObjectWrap<LinkWrap> {
 public:
  static Napi::Function Define(Napi::Env env);
  static Napi::Object Create(Napi::Env env, LinkParts parts);

  // The exported functions, in the order of lib/core/native.ts.
  static Napi::Value Send(const Napi::CallbackInfo& info);
  static Napi::Value Call(const Napi::CallbackInfo& info);
  static Napi::Value SendResult(const Napi::CallbackInfo& info);
  static Napi::Value Reply(const Napi::CallbackInfo& info);
  static Napi::Value Next(const Napi::CallbackInfo& info);

  // A loop within the loop begins, perhaps run by a listener of this link: what
  // comes meanwhile has to wake it.
  void OnNestedLoop();

  // For Create() only: the parts come as an external.
  explicit LinkWrap(const Napi::CallbackInfo& info);
  ~LinkWrap() override;
  LinkWrap(const LinkWrap&) = delete;
  LinkWrap& operator=(const LinkWrap&) = delete;

 private:
  // The exported methods, in the order of lib/core/native.ts.
  void Start(const Napi::CallbackInfo& info);
  Napi::Value TakeAnswerBody(const Napi::CallbackInfo& info);
  Napi::Value SendParcel(const Napi::CallbackInfo& info);
  Napi::Value TakeParcel(const Napi::CallbackInfo& info);
  void Pause(const Napi::CallbackInfo& info);
  void Resume(const Napi::CallbackInfo& info);
  void Drain(const Napi::CallbackInfo& info);
  Napi::Value TakeBody(const Napi::CallbackInfo& info);
  Napi::Value QueuedBytes(const Napi::CallbackInfo& info);
  Napi::Value WakeUps(const Napi::CallbackInfo& info);
  Napi::Value GetQueueLimit(const Napi::CallbackInfo& info);
  void SetQueueLimit(const Napi::CallbackInfo& info, const Napi::Value& value);
  Napi::Value GetMessageLimit(const Napi::CallbackInfo& info);
  void SetMessageLimit(const Napi::CallbackInfo& info,
                       const Napi::Value& value);
  void RefLoop(const Napi::CallbackInfo& info);
  void UnrefLoop(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);
  void DropNow(const Napi::CallbackInfo& info);

  // What one entry from the event loop may deliver.
  struct Turn {
    [[nodiscard]] bool Over() const;

    // JavaScript waits below: each message is entered for by itself.
    bool alone = false;
    // It was over, and goes on for results that would have had to wait.
    bool passing = false;
    uint64_t end = 0;  // ns, monotonic
    int messages = 0;
    // What next() found instead of a message, for Pump() to act on.
    std::optional<Receiver::Result> found;
  };

  // From the event loop.
  void OnDoorbell();
  void OnSocket();
  // Delivers what is there, for one bounded turn.
  void Pump();
  // Whether more may be delivered in this turn.
  bool GoesOn(Turn* turn);
  void Deliver();
  // Where the body of what was received last is.
  BodyBuffer& IncomingBody();
  // The next message of this turn, as one number; 0: none, for now.
  double TakeNext();
  // After an empty ring: whether there is more to do in this turn.
  bool LookAgain(uint64_t turn_end);

  // After close(), whenever the doorbell rings: ends the link once what waited
  // is out, or nobody takes it.
  void GoOnClosing();
  // No more is to come from the peer; deliver what it sent before.
  void BeginEnd(Status status);
  // What a function that sends has met. If it is a violation by the peer, the
  // event loop ends the link.
  Status Noted(Status status);
  // Ends now and tells JavaScript why.
  void Finish(Status status);
  // Ends the link and lets go of ourselves; the buffers stay.
  void Release();
  void Drop();
  // The link whose number is the first argument, or null when it has ended.
  static LinkWrap* Open(const Napi::CallbackInfo& info);
  Message MessageFrom(const Napi::CallbackInfo& info, size_t first) const;

  std::unique_ptr<Link> link_;
  std::shared_ptr<LinkTable> links_;  // of this environment
  uint32_t number_ = 0;               // in links_, once that is set
  std::unique_ptr<LoopWatch> doorbell_watch_;
  std::unique_ptr<LoopWatch> socket_watch_;
  BodyBuffer incoming_body_;
  BodyBuffer result_body_;
  BodyBuffer answer_body_;
  Napi::FunctionReference on_message_;
  Napi::FunctionReference on_close_;
  Napi::Reference<Napi::Uint8Array> heads_[4];
  uint8_t* outgoing_ = nullptr;
  double message_limit_ = UINT32_MAX;
  Status ending_ = Status::kOk;  // why the peer will send no more
  Status found_ = Status::kOk;   // the violation that sending has met
  Turn* turn_ = nullptr;         // the innermost one under way
  uint32_t wake_ups_ = 0;        // by the event loop; wraps around
  bool started_ = false;
  bool paused_ = false;
  bool closing_ = false;  // close() was called, what waits is still going out
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_LINK_WRAP_H_
