#ifndef RINGWIRE_TEST_NATIVE_DEATH_TALKER_H_
#define RINGWIRE_TEST_NATIVE_DEATH_TALKER_H_

#include <cstdint>
#include <random>

#include "death/stage.h"
#include "helpers/link_pair.h"
#include "link/link.h"

namespace ringwire {

// How one side of a round behaves.
struct Habits {
  // In each turn it calls the other side, or else it waits for anything.
  bool calls = false;
  uint64_t deadline_ns = 0;  // of its calls
  LinkTuning tuning = kNoSpin;
  uint32_t seed = 0;
};

// Full traffic over one end of a link: messages, results, calls and answers of
// all sizes, numbered, with contents that follow from the number. Checks what
// comes and blames `deeds` for what is wrong. Used by one thread of one of two
// processes, of which one calls at least: they do not both wait for anything.
class Talker {
 public:
  Talker(LinkParts parts, const Habits& habits, Deeds* deeds);

  // Says something, waits, takes what has come. kOk, or how the link has ended.
  Status Turn();
  // Says that nothing more comes, and listens until the other side has said it.
  Status Finish();
  bool peer_finished() const {
    return peer_finished_ && deeds_->results_taken.load() == peers_results_;
  }

  Status Call();
  void Close() { end_.link.Close(); }
  // After the end: waits for the hang-up, and takes whatever is there.
  void Drain();

 private:
  Status Speak();
  Status Send(bool result);
  // Until a record is there.
  Status Await();
  Status TakeAll();
  Status Take();
  Status Answer(uint32_t number, uint32_t size);
  Status AfterDeadlock();
  void TakeLeftResults();
  void TakeLeftAnswers();
  // Why this link has hung up.
  Status End();
  void NoteOut();
  uint32_t RandomSize();

  const Habits habits_;
  const bool acceptor_;
  Deeds* const deeds_;
  std::minstd_rand random_;
  LinkEnd end_;
  uint32_t calls_ = 0;          // numbers of calls that this side made
  uint32_t peers_calls_ = 0;    // the highest that came
  uint32_t pending_ = 0;        // the call that the end of the link has ended
  uint32_t peers_results_ = 0;  // those that it sent before it finished
  bool peer_finished_ = false;
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_DEATH_TALKER_H_
