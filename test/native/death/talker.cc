#include "death/talker.h"

#include <poll.h>

#include <cstring>
#include <thread>
#include <utility>

namespace ringwire {
namespace {

using Result = Receiver::Result;

enum Kind : uint32_t { kMessage, kResult, kCall, kLast };

// The head of everything. Its body is Numbered(its size, `number`).
struct Heading {
  uint32_t kind;
  uint32_t number;
  uint32_t count;  // bytes of the answer to a call; results before kLast
};

Payload ToHead(const Heading& heading) {
  Payload head(sizeof(heading));
  memcpy(head.data(), &heading, sizeof(heading));
  return head;
}

Heading ToHeading(const Payload& head) {
  Heading heading{};
  if (head.size() == sizeof(heading)) {
    memcpy(&heading, head.data(), sizeof(heading));
  }
  return heading;
}

bool HoldsBody(const HeapSink& sink, const Receiver& message, uint32_t number) {
  const uint32_t size = message.body_length();
  return size == 0 || sink.Body() == Numbered(size, number);
}

}  // namespace

Talker::Talker(LinkParts parts, const Habits& habits, Deeds* deeds)
    : habits_(habits),
      acceptor_(parts.role == Role::kAcceptor),
      deeds_(deeds),
      random_(habits.seed),
      end_(std::move(parts), habits.tuning) {}

Status Talker::Turn() {
  Status status = Speak();
  if (status == Status::kOk) status = habits_.calls ? Call() : Await();
  return status == Status::kOk ? TakeAll() : status;
}

Status Talker::Speak() {
  Status status = Status::kOk;
  for (uint32_t n = random_() % 4; n > 0 && status == Status::kOk; --n) {
    status = Send(random_() % 4 == 0);
  }
  return status;
}

Status Talker::Send(bool result) {
  auto& begun = result ? deeds_->results_begun : deeds_->messages_begun;
  const uint32_t number = begun.fetch_add(1);
  const Payload head = ToHead({result ? kResult : kMessage, number, 0});
  const Payload body = Numbered(RandomSize(), number);
  const Status status =
      result ? end_.SendResult(head, body) : end_.Send(head, body);
  NoteOut();
  return status;
}

void Talker::NoteOut() {
  if (end_.link.idle()) {
    deeds_->messages_out.store(deeds_->messages_begun.load());
  }
}

uint32_t Talker::RandomSize() {
  // Small ones fill no record, large ones are longer than the ring.
  const uint32_t most = random_() % 32 == 0  ? 100'000
                        : random_() % 4 == 0 ? 4000
                                             : 64;
  return static_cast<uint32_t>(random_() % most);
}

Status Talker::Call() {
  for (;;) {
    const uint32_t number = ++calls_;
    const bool dead = end_.link.HungUp();
    const uint32_t answer_size = RandomSize();
    const Payload head = ToHead({kCall, number, answer_size});
    deeds_->calling.store(true);
    const Status status =
        end_.Call(head, Numbered(RandomSize(), number), habits_.deadline_ns);
    deeds_->calling.store(false);
    NoteOut();
    switch (status) {
      case Status::kOk:
        if (end_.AnswerHead() != head ||
            end_.link.answer().body_length() != answer_size ||
            !HoldsBody(end_.answer_sink, end_.link.answer(), number)) {
          deeds_->Blame("an answer is not that of its call");
        }
        return Status::kOk;
      case Status::kTimeout:
        deeds_->timeouts.fetch_add(1);
        return Status::kOk;
      case Status::kDeadlock:
        deeds_->deadlocks.fetch_add(1);
        if (dead) {
          deeds_->Blame("a call waits for a dead peer that called");
          return End();
        }
        // One of the two has to listen, and the other to try again.
        if (!acceptor_) return Await();
        if (end_.link.HasRecord()) return Status::kOk;
        // The other side may wait for the rest of an answer.
        if (end_.link.Flush() != Status::kOk) return End();
        std::this_thread::yield();
        break;
      default:
        pending_ = number;
        return status;
    }
  }
}

Status Talker::Await() {
  while (!end_.link.HasRecord() && end_.link.ArmDoorbell()) {
    if (!end_.Sleep()) return End();
  }
  return Status::kOk;
}

Status Talker::End() {
  if (!end_.link.HungUp()) deeds_->Blame("a link ends without a hang-up");
  return end_.link.PeerClosed() ? Status::kClosed : Status::kPeerGone;
}

Status Talker::TakeAll() {
  for (;;) {
    switch (end_.Receive()) {
      case Result::kEmpty:
        return Status::kOk;
      case Result::kMessage: {
        const Status status = Take();
        if (status != Status::kOk) return status;
        break;
      }
      default:
        deeds_->Blame("what came is corrupt");
        return Status::kCorrupt;
    }
  }
}

Status Talker::Take() {
  const bool result = end_.link.incoming().last_is_result();
  const Heading heading = ToHeading(end_.Head());
  if (!HoldsBody(result ? end_.result_sink : end_.sink,
                 end_.link.incoming().last(), heading.number)) {
    deeds_->Blame("a body is not that of its head");
  }
  switch (heading.kind) {
    case kMessage:
      if (heading.number != deeds_->messages_taken.fetch_add(1)) {
        deeds_->Blame("a message is missing, or comes twice");
      }
      return Status::kOk;
    case kResult:
      if (heading.number != deeds_->results_taken.fetch_add(1)) {
        deeds_->Blame("a result is missing, or comes twice");
      }
      return Status::kOk;
    case kCall:
      return Answer(heading.number, heading.count);
    case kLast:
      // Results have a lane of their own, and may come later.
      peers_results_ = heading.count;
      peer_finished_ = true;
      return Status::kOk;
    default:
      deeds_->Blame("a head is none that was sent");
      return Status::kCorrupt;
  }
}

Status Talker::Answer(uint32_t number, uint32_t size) {
  // Those that meet their deadline before they begin are not sent.
  if (number <= peers_calls_) deeds_->Blame("a call comes twice");
  peers_calls_ = number;
  // A peer that has closed takes no answer, but what it sent is still read.
  const Status status =
      end_.Reply(end_.sequence(), end_.Head(), Numbered(size, number));
  return status == Status::kClosed ? Status::kOk : status;
}

Status Talker::Finish() {
  Status status = end_.Send(ToHead({kLast, 0, deeds_->results_begun.load()}));
  for (bool hung_up = false; status == Status::kOk;) {
    status = TakeAll();
    if (peer_finished() && end_.link.idle()) break;
    if (hung_up) return End();
    hung_up = end_.link.ArmDoorbell() && !end_.Sleep();
  }
  NoteOut();
  return status;
}

void Talker::Drain() {
  while (!end_.link.HungUp()) {
    pollfd socket{end_.link.socket().waitable(), POLLRDHUP, 0};
    poll(&socket, 1, -1);
  }
  TakeAll();
  TakeLeftResults();
  TakeLeftAnswers();
}

void Talker::TakeLeftResults() {
  // Behind a message whose rest never came there may be some; what else is left
  // should have been taken.
  Incoming& incoming = end_.link.incoming();
  bool wake = false;
  while (incoming.results().Next(&end_.result_sink, &wake) != Result::kEmpty) {
    if (!incoming.messages().open()) deeds_->Blame("a result was left behind");
  }
}

void Talker::TakeLeftAnswers() {
  Receiver& answers = end_.link.answer();
  bool wake = false;
  for (;;) {
    const Result result = answers.Next(&end_.answer_sink, &wake);
    if (result == Result::kEmpty) return;
    if (result == Result::kMessage &&
        ToHeading(end_.AnswerHead()).number == pending_) {
      deeds_->Blame("a call has failed whose answer was there");
    }
  }
}

}  // namespace ringwire
