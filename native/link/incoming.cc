#include "link/incoming.h"

#include "link/spin.h"

namespace ringwire {
namespace {

// A result keeps its place for this long, about a turn of an event loop. On
// stock, too, an idle page gets a few messages and then the result of their
// handler in that order, unless the listeners are slow.
constexpr uint64_t kMaxHoldNs = 1'000'000;

// Of two numbers that count modulo a power of two and are close.
bool IsBefore(uint32_t a, uint32_t b) {
  return static_cast<int32_t>(a - b) < 0;
}
bool IsBefore(uint64_t a, uint64_t b) {
  return static_cast<int64_t>(a - b) < 0;
}

}  // namespace

Receiver::Result Incoming::Next(BodySink* messages, BodySink* results,
                                bool* wake) {
  // First: a result that was sent before such a message is seen below.
  const bool message = messages_.Look();
  const bool result = ResultIsNext();
  if (!result && !message) {
    last_ = &messages_;
    return Receiver::Result::kEmpty;
  }
  if (result) {
    held_since_ns_ = 0;
  } else {
    NoteHeld();
  }
  last_ = result ? &results_ : &messages_;
  const Receiver::Result taken = last_->Next(result ? results : messages, wake);
  if (!result && taken == Receiver::Result::kMessage) ++received_;
  return taken;
}

bool Incoming::ResultIsNext() const {
  // In this order: whoever sees the result also sees the messages sent before
  // it.
  if (!results_.HasRecord()) return false;
  if (results_.open()) return true;
  // A message that has come in part goes first, however long the rest takes.
  const bool may_pass = !messages_.open();
  if (may_pass && (ResultsPass() || !messages_.HasRecord())) return true;
  return ReachedResult();
}

bool Incoming::ReachedResult() const {
  uint32_t behind = 0;
  // A corrupt record is taken, which reports it.
  return !results_.Peek(&behind) || !IsBefore(received_, behind);
}

bool Incoming::HasRecord() const {
  return messages_.HasRecord() || ResultIsNext();
}

bool Incoming::Arm() {
  // A result that waits for the rest of a message is no reason to stay awake;
  // the next record behind it has to wake all the same, and to be told from
  // one that has (RingWriter::WakeUnderWay).
  const bool held = results_.HasRecord() && !ResultIsNext();
  messages_.reader().AskForData(messages_.reader().head());
  results_.reader().AskForData(held ? results_.reader().Published()
                                    : results_.reader().head());
  // Only now: a writer that finds one of them unchanged presses no button.
  return !messages_.reader().GotData() && !results_.reader().GotData();
}

Incoming::Ends Incoming::Published() const {
  return {messages_.reader().Published(), results_.reader().Published()};
}

bool Incoming::Reached(const Ends& ends) const {
  return !IsBefore(messages_.reader().head(), ends.messages) &&
         !IsBefore(results_.reader().head(), ends.results);
}

void Incoming::NoteHeld() {
  if (held_since_ns_ == 0 && results_.HasRecord()) held_since_ns_ = Now();
}

bool Incoming::LetResultsPass(uint64_t unseen_ns) {
  if (held_since_ns_ == 0 && results_.HasRecord()) held_since_ns_ = unseen_ns;
  if (held_since_ns_ == 0 || Now() - held_since_ns_ < kMaxHoldNs ||
      messages_.open()) {
    return false;
  }
  pass_until_ = results_.reader().Published();
  return true;
}

bool Incoming::ResultsPass() const {
  return IsBefore(results_.reader().head(), pass_until_);
}

}  // namespace ringwire
