#ifndef RINGWIRE_LINK_ANSWER_FORECAST_H_
#define RINGWIRE_LINK_ANSWER_FORECAST_H_

#include <cstdint>
#include <utility>

namespace ringwire {

// Foretells how large the body of the next answer is, so that a caller who
// waits anyway can make memory for it meanwhile. New pages are most of what a
// large message costs, and so both sides make theirs at the same time
// (`sendSync` echoing in Electron: 32 KB 100 us, now 70; 64 KB 130, now 90;
// 1 MB 1.75 ms, now 1.45).
//
// A body is foretold when the last two answers had one of that size; so a
// change costs one caller one body in vain. Plain numbers; one thread.
class AnswerForecast {
 public:
  // A call begins.
  void Begin() {
    expected_ = last_ == last_but_one_ && last_ >= kWorthwhile ? last_ : 0;
  }

  // The size to make memory for, once per call; 0: none.
  uint32_t Take() { return std::exchange(expected_, 0); }

  // The call was answered with a body of this size, or none.
  void Record(uint32_t body_length) {
    last_but_one_ = std::exchange(last_, body_length);
  }

 private:
  // Smaller ones are no work.
  static constexpr uint32_t kWorthwhile = uint32_t{4} << 10;

  uint32_t last_ = 0;
  uint32_t last_but_one_ = 0;
  uint32_t expected_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_ANSWER_FORECAST_H_
