#include "addon/link_wrap.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "addon/environment.h"
#include "addon/shared_memory_wrap.h"
#include "link/spin.h"

namespace ringwire {
namespace {

// One turn on the event loop: enough to make the way into it cheap, short
// enough that timers, other links and the user interface stay on time.
constexpr int kTurnMessages = 512;
constexpr uint64_t kTurnNs = 1'000'000;

constexpr double kNsPerMs = 1e6;

// How next() packs a message into one number: its head's length, whether it
// has a body, and its sequence number; a result is negative, and has none.
// call() packs an answer alike.
constexpr double kBodyBit = 1 << 15;
constexpr double kSequenceUnit = 1 << 16;
static_assert(kHeadCapacity < kBodyBit);

Napi::Value ToNumber(Napi::Env env, Status status) {
  return Napi::Number::New(env, static_cast<int32_t>(status));
}

// What lies outside of the range becomes its nearest end, NaN 0.
uint64_t Saturate(double number) {
  if (number >= static_cast<double>(UINT64_MAX)) return UINT64_MAX;
  return number > 0 ? static_cast<uint64_t>(number) : 0;
}

}  // namespace

Napi::Function LinkWrap::Define(Napi::Env env) {
  return DefineClass(
      env, "NativeLink",
      {
          InstanceMethod("start", &LinkWrap::Start),
          InstanceMethod("takeAnswerBody", &LinkWrap::TakeAnswerBody),
          InstanceMethod("sendParcel", &LinkWrap::SendParcel),
          InstanceMethod("takeParcel", &LinkWrap::TakeParcel),
          InstanceMethod("pause", &LinkWrap::Pause),
          InstanceMethod("resume", &LinkWrap::Resume),
          InstanceMethod("drain", &LinkWrap::Drain),
          InstanceMethod("takeBody", &LinkWrap::TakeBody),
          InstanceAccessor<&LinkWrap::QueuedBytes>("queuedBytes"),
          InstanceAccessor<&LinkWrap::WakeUps>("wakeUps"),
          InstanceAccessor<&LinkWrap::GetQueueLimit, &LinkWrap::SetQueueLimit>(
              "queueLimit"),
          InstanceAccessor<&LinkWrap::GetMessageLimit,
                           &LinkWrap::SetMessageLimit>("messageLimit"),
          InstanceMethod("ref", &LinkWrap::RefLoop),
          InstanceMethod("unref", &LinkWrap::UnrefLoop),
          InstanceMethod("close", &LinkWrap::Close),
          InstanceMethod("drop", &LinkWrap::DropNow),
      });
}

Napi::Object LinkWrap::Create(Napi::Env env, LinkParts parts) {
  Environment* const environment = Environment::Get(env);
  return environment->link_class.New(
      {Napi::External<LinkParts>::New(env, &parts)});
}

LinkWrap::LinkWrap(const Napi::CallbackInfo& info)
    : ObjectWrap(info),
      incoming_body_(info.Env()),
      result_body_(info.Env()),
      answer_body_(info.Env()) {
  const Napi::Env env = info.Env();
  if (info.Length() != 1 || !info[0].IsExternal()) {
    Napi::TypeError::New(env, "NativeLink is made by listen and connect")
        .ThrowAsJavaScriptException();
    return;
  }
  auto* parts = info[0].As<Napi::External<LinkParts>>().Data();
  const auto self = info.This().As<Napi::Object>();
  const char* const names[] = {"outgoing", "incoming", "result", "answer"};
  uint8_t* data[4];
  for (int i = 0; i < 4; ++i) {
    auto head = Napi::Uint8Array::New(env, kHeadCapacity);
    data[i] = head.Data();
    if (data[i] == nullptr) return;  // the environment ends
    heads_[i] = Napi::Persistent(head);
    self.DefineProperty(
        Napi::PropertyDescriptor::Value(names[i], head, napi_enumerable));
  }
  outgoing_ = data[0];
  const Environment* const environment = Environment::Get(env);
  links_ = environment->links;
  number_ = links_->Add(this);
  self.DefineProperty(Napi::PropertyDescriptor::Value(
      "number", Napi::Number::New(env, number_), napi_enumerable));
  self.DefineProperty(Napi::PropertyDescriptor::Value(
      "peerProcessId", Napi::Number::New(env, parts->peer_process),
      napi_enumerable));
  link_ = std::make_unique<Link>(std::move(*parts), environment->tuning,
                                 data[1], data[2], data[3]);
  link_->BindToThread();
  // A thread that blocks must end with its worker, or with its process.
  link_->interrupted = [env = napi_env{env}] { return IsEnding(env); };
}

// Started links hold themselves, so this is a link that never was, or the end
// of the environment, where references count no more.
LinkWrap::~LinkWrap() {
  Drop();
  if (links_ != nullptr) links_->Remove(number_);
}

void LinkWrap::Start(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (started_ || link_ == nullptr) {
    Napi::Error::New(env, "start: the link is started or closed already")
        .ThrowAsJavaScriptException();
    return;
  }
  const Environment* const environment = Environment::Get(env);
  SystemError error{};
  doorbell_watch_ = environment->Watch(
      env, link_->doorbell().waitable(), WatchFor::kReadable,
      [](void* self) { static_cast<LinkWrap*>(self)->OnDoorbell(); }, this,
      &error);
  socket_watch_ = environment->Watch(
      env, link_->socket().waitable(), WatchFor::kHangUp,
      [](void* self) { static_cast<LinkWrap*>(self)->OnSocket(); }, this,
      &error);
  if (doorbell_watch_ == nullptr || socket_watch_ == nullptr) {
    doorbell_watch_.reset();
    socket_watch_.reset();
    ThrowSystemError(env, error);
    return;
  }
  started_ = true;
  links_->Start(link_.get());
  on_message_ = Napi::Persistent(info[0].As<Napi::Function>());
  on_close_ = Napi::Persistent(info[1].As<Napi::Function>());
  Ref();
  // The peer may have sent before anybody here could ask for the doorbell.
  if (!link_->ArmDoorbell()) link_->RingSelf();
}

Status LinkWrap::Noted(Status status) {
  if (status == Status::kCorrupt || status == Status::kOverLimit) {
    found_ = status;
    link_->RingSelf();
  }
  return status;
}

LinkWrap* LinkWrap::Open(const Napi::CallbackInfo& info) {
  const uint32_t number = info[0].As<Napi::Number>().Uint32Value();
  LinkWrap* const wrap = static_cast<LinkTable*>(info.Data())->At(number);
  const bool open =
      wrap != nullptr && wrap->link_ != nullptr && !wrap->closing_;
  return open ? wrap : nullptr;
}

Napi::Value LinkWrap::Send(const Napi::CallbackInfo& info) {
  LinkWrap* const wrap = Open(info);
  if (wrap == nullptr) return ToNumber(info.Env(), Status::kClosed);
  return ToNumber(info.Env(),
                  wrap->Noted(wrap->link_->Send(wrap->MessageFrom(info, 1))));
}

Napi::Value LinkWrap::SendResult(const Napi::CallbackInfo& info) {
  LinkWrap* const wrap = Open(info);
  if (wrap == nullptr) return ToNumber(info.Env(), Status::kClosed);
  return ToNumber(
      info.Env(),
      wrap->Noted(wrap->link_->SendResult(wrap->MessageFrom(info, 1))));
}

Napi::Value LinkWrap::Call(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  LinkWrap* const wrap = Open(info);
  if (wrap == nullptr) {
    return Napi::Number::New(env, -static_cast<int32_t>(Status::kClosed));
  }
  // The body of the answer is memory from a garbage-collected heap.
  [[maybe_unused]] const Napi::Object keep_alive = wrap->Value();
  const double timeout_ms = info[3].As<Napi::Number>().DoubleValue();
  BodyBuffer& body = wrap->answer_body_;
  body.DropBody();
  const Status status = wrap->Noted(wrap->link_->Call(
      wrap->MessageFrom(info, 1), Saturate(timeout_ms * kNsPerMs), &body));
  body.DropPrepared();
  if (status != Status::kOk) {
    return Napi::Number::New(env, -static_cast<int32_t>(status));
  }
  return Napi::Number::New(
      env, (body.empty() ? 0 : kBodyBit) + wrap->link_->answer().head_length());
}

Napi::Value LinkWrap::TakeAnswerBody(const Napi::CallbackInfo& info) {
  return {info.Env(), answer_body_.Take()};
}

Napi::Value LinkWrap::Reply(const Napi::CallbackInfo& info) {
  LinkWrap* const wrap = Open(info);
  if (wrap == nullptr) return ToNumber(info.Env(), Status::kClosed);
  Message message = wrap->MessageFrom(info, 2);
  message.sequence = info[1].As<Napi::Number>().Uint32Value();
  return ToNumber(info.Env(), wrap->Noted(wrap->link_->Reply(message)));
}

Napi::Value LinkWrap::SendParcel(const Napi::CallbackInfo& info) {
  if (link_ == nullptr || closing_)
    return ToNumber(info.Env(), Status::kClosed);
  return ToNumber(
      info.Env(),
      link_->SendParcel(
          info[0].As<Napi::Number>().Uint32Value(),
          HandleOf(info[1].As<Napi::Number>().Int64Value()),
          static_cast<uint64_t>(info[2].As<Napi::Number>().Int64Value())));
}

Napi::Value LinkWrap::TakeParcel(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (link_ == nullptr) return ToNumber(env, Status::kClosed);
  Parcel parcel;
  const Status status =
      link_->TakeParcel(info[0].As<Napi::Number>().Uint32Value(), &parcel);
  if (status != Status::kOk) return ToNumber(env, status);
  return SharedMemoryWrap::Create(env, std::move(parcel));
}

void LinkWrap::Pause(const Napi::CallbackInfo& /*info*/) { paused_ = true; }

void LinkWrap::Resume(const Napi::CallbackInfo& /*info*/) {
  if (!paused_) return;
  paused_ = false;
  if (link_ != nullptr) link_->RingSelf();
}

void LinkWrap::Drain(const Napi::CallbackInfo& info) {
  if (link_ == nullptr || !started_) return;
  const Napi::HandleScope scope(info.Env());
  Turn turn;
  turn.alone = true;
  Turn* const outer = std::exchange(turn_, &turn);
  // A listener may end the link and with it the last reference to us.
  [[maybe_unused]] const Napi::Object keep_alive = Value();
  // Whoever drains because the loop may stand still has nobody else to flush.
  // An error comes again from the loop, behind what is to be delivered.
  static_cast<void>(link_->Flush());
  // No further than what is there now: a peer that goes on sending must not
  // hold us here.
  const Incoming::Ends ends = link_->incoming().Published();
  while (link_ != nullptr && !closing_ && !paused_ &&
         !link_->incoming().Reached(ends)) {
    switch (link_->Receive(&incoming_body_, &result_body_)) {
      case Receiver::Result::kMessage:
        Deliver();
        break;
      case Receiver::Result::kProgress:
        break;
      case Receiver::Result::kEmpty:
        turn_ = outer;
        return;
      case Receiver::Result::kCorrupt:
        Finish(Status::kCorrupt);
        break;
      case Receiver::Result::kNoMemory:
        Finish(Status::kNoMemory);
        break;
      case Receiver::Result::kOverLimit:
        Finish(Status::kOverLimit);
        break;
    }
  }
  turn_ = outer;
}

Napi::Value LinkWrap::QueuedBytes(const Napi::CallbackInfo& info) {
  const uint64_t bytes = link_ == nullptr ? 0 : link_->queued_bytes();
  return Napi::Number::New(info.Env(), static_cast<double>(bytes));
}

Napi::Value LinkWrap::WakeUps(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), wake_ups_);
}

Napi::Value LinkWrap::GetQueueLimit(const Napi::CallbackInfo& info) {
  const uint64_t limit = link_ == nullptr ? UINT64_MAX : link_->queue_limit;
  return Napi::Number::New(
      info.Env(), limit == UINT64_MAX ? std::numeric_limits<double>::infinity()
                                      : static_cast<double>(limit));
}

void LinkWrap::SetQueueLimit(const Napi::CallbackInfo& /*info*/,
                             const Napi::Value& value) {
  const double limit = value.ToNumber().DoubleValue();
  if (link_ != nullptr) link_->queue_limit = Saturate(limit);
}

Napi::Value LinkWrap::GetMessageLimit(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), message_limit_);
}

void LinkWrap::SetMessageLimit(const Napi::CallbackInfo& /*info*/,
                               const Napi::Value& value) {
  message_limit_ = value.ToNumber().DoubleValue();
  if (link_ != nullptr) link_->set_message_limit(Saturate(message_limit_));
}

void LinkWrap::RefLoop(const Napi::CallbackInfo& /*info*/) {
  if (doorbell_watch_ != nullptr) doorbell_watch_->Ref();
  if (socket_watch_ != nullptr) socket_watch_->Ref();
}

void LinkWrap::UnrefLoop(const Napi::CallbackInfo& /*info*/) {
  if (doorbell_watch_ != nullptr) doorbell_watch_->Unref();
  if (socket_watch_ != nullptr) socket_watch_->Unref();
}

void LinkWrap::Close(const Napi::CallbackInfo& /*info*/) {
  if (link_ == nullptr || closing_) return;
  closing_ = true;
  if (started_ && ending_ == Status::kOk) {
    GoOnClosing();
  } else {
    Release();
  }
}

void LinkWrap::DropNow(const Napi::CallbackInfo& /*info*/) {
  closing_ = true;
  Release();
}

void LinkWrap::GoOnClosing() {
  // What was sent before close() must still go out; the doorbell brings us
  // back whenever there is room.
  const bool answers_out = link_->AnswersOut();
  if (link_->PeerClosed() || (answers_out && link_->MessagesOut())) {
    Release();
  } else if (answers_out) {
    // The peer may block in a call, or close as well. Then it reads nothing of
    // what waits here until it knows that this side reads nothing either.
    link_->Leave();
  }
}

void LinkWrap::OnDoorbell() {
  ++wake_ups_;
  link_->DrainDoorbell();
  const Status flushed = found_ == Status::kOk ? link_->Flush() : found_;
  if (closing_) {
    if (flushed == Status::kOk) {
      GoOnClosing();
    } else {
      Release();
    }
    return;
  }
  if (flushed != Status::kOk) {
    Finish(flushed);
    return;
  }
  link_->NoteWakeUp();
  Pump();
}

void LinkWrap::OnSocket() {
  // A watch may call back for nothing, as it does once at first.
  if (!link_->HungUp()) return;
  if (closing_) {
    Release();
    return;
  }
  BeginEnd(link_->PeerClosed() ? Status::kClosed : Status::kPeerGone);
}

void LinkWrap::BeginEnd(Status status) {
  ending_ = status;
  // A hang-up stays readable for ever.
  socket_watch_.reset();
  Pump();
}

void LinkWrap::OnNestedLoop() {
  if (turn_ == nullptr || link_ == nullptr || closing_ || paused_) return;
  if (!link_->ArmDoorbell()) link_->RingSelf();
}

void LinkWrap::Pump() {
  // A listener that runs a loop of its own, such as a drag, leads back here:
  // everything that outlives a turn is in members, and a message has left its
  // buffers before its listener runs.
  const Napi::HandleScope scope(Env());
  // A listener may end the link and with it the last reference to us.
  [[maybe_unused]] const Napi::Object keep_alive = Value();
  Turn turn;
  turn.end = Now() + kTurnNs;
  turn.alone = Environment::Get(Env())->InNestedLoop();
  Turn* const outer = std::exchange(turn_, &turn);
  bool more = true;
  while (more && link_ != nullptr && !closing_ && !paused_) {
    const auto found = std::exchange(turn.found, std::nullopt);
    if (!found && !GoesOn(&turn)) {
      link_->RingSelf();
      break;
    }
    switch (found ? *found : link_->Receive(&incoming_body_, &result_body_)) {
      case Receiver::Result::kMessage:
        ++turn.messages;
        Deliver();
        break;
      case Receiver::Result::kProgress:
        break;
      case Receiver::Result::kEmpty:
        more = LookAgain(turn.end);
        break;
      case Receiver::Result::kCorrupt:
        Finish(Status::kCorrupt);
        break;
      case Receiver::Result::kNoMemory:
        Finish(Status::kNoMemory);
        break;
      case Receiver::Result::kOverLimit:
        Finish(Status::kOverLimit);
        break;
    }
  }
  turn_ = outer;
}

bool LinkWrap::GoesOn(Turn* turn) {
  Incoming& incoming = link_->incoming();
  if (turn->passing && !incoming.ResultsPass()) return false;
  if (!turn->Over()) return true;
  // Listeners that take long must not hold up the results behind them, as they
  // do not on stock; nor may results hold up the messages.
  if (turn->passing) {
    incoming.EndPass();
    return false;
  }
  if (!incoming.LetResultsPass(turn->end - kTurnNs)) return false;
  turn->passing = true;
  turn->messages = 0;
  turn->end = Now() + kTurnNs;
  return true;
}

bool LinkWrap::Turn::Over() const {
  return messages == kTurnMessages || Now() >= end;
}

Napi::Value LinkWrap::Next(const Napi::CallbackInfo& info) {
  LinkWrap* const wrap = Open(info);
  return Napi::Number::New(info.Env(), wrap == nullptr ? 0 : wrap->TakeNext());
}

double LinkWrap::TakeNext() {
  if (turn_ == nullptr || turn_->alone) return 0;
  while (!paused_ && !turn_->found && GoesOn(turn_)) {
    const Receiver::Result result =
        link_->Receive(&incoming_body_, &result_body_);
    if (result == Receiver::Result::kProgress) continue;
    if (result != Receiver::Result::kMessage) {
      turn_->found = result;
      break;
    }
    ++turn_->messages;
    const Receiver& message = link_->incoming().last();
    const double packed =
        (IncomingBody().empty() ? 0 : kBodyBit) + message.head_length();
    return link_->incoming().last_is_result()
               ? -packed
               : packed + message.sequence() * kSequenceUnit;
  }
  return 0;
}

Napi::Value LinkWrap::TakeBody(const Napi::CallbackInfo& info) {
  if (link_ == nullptr) return info.Env().Undefined();
  return {info.Env(), IncomingBody().Take()};
}

BodyBuffer& LinkWrap::IncomingBody() {
  return link_->incoming().last_is_result() ? result_body_ : incoming_body_;
}

bool LinkWrap::LookAgain(uint64_t turn_end) {
  if (ending_ != Status::kOk) {
    Finish(ending_);
    return false;
  }
  if (Now() < turn_end && link_->SpinForMessage(links_->loop())) return true;
  return !link_->ArmDoorbell();
}

void LinkWrap::Deliver() {
  const Napi::Env env = Env();
  const Napi::HandleScope scope(env);
  const Receiver& message = link_->incoming().last();
  const bool result = link_->incoming().last_is_result();
  CallIntoJs(env, Value(), on_message_.Value(),
             {Napi::Number::New(env, message.head_length()),
              Napi::Number::New(env, result ? 0 : message.sequence()),
              IncomingBody().Take(), Napi::Boolean::New(env, turn_->alone),
              Napi::Boolean::New(env, result)});
}

void LinkWrap::Finish(Status status) {
  const Napi::Env env = Env();
  const Napi::HandleScope scope(env);
  const Napi::Object self = Value();
  const Napi::Function on_close = on_close_.Value();
  Release();
  CallIntoJs(env, self, on_close,
             {Napi::Number::New(env, static_cast<int32_t>(status))});
}

void LinkWrap::Release() {
  if (link_ == nullptr) return;
  Drop();
  if (started_) Unref();
}

void LinkWrap::Drop() {
  doorbell_watch_.reset();
  socket_watch_.reset();
  if (started_) links_->Stop(link_.get());
  link_.reset();
  incoming_body_.DropBody();
  result_body_.DropBody();
  // What they call holds the object of this link, which would never be
  // collected. One that runs now is held by the stack.
  on_message_.Reset();
  on_close_.Reset();
}

Message LinkWrap::MessageFrom(const Napi::CallbackInfo& info,
                              size_t first) const {
  Message message;
  const uint32_t head_length = info[first].As<Napi::Number>().Uint32Value();
  message.head = {outgoing_, head_length};
  if (info[first + 1].IsTypedArray()) {
    auto body = info[first + 1].As<Napi::Uint8Array>();
    message.body = {body.Data(), body.ByteLength()};
  }
  return message;
}

}  // namespace ringwire
