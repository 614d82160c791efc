#ifndef RINGWIRE_LINK_ANSWER_FORECAST_H_
#define RINGWIRE_LINK_ANSWER_FORECAST_H_

#include <cstdint>
#include <utility>

namespace ringwire {

// Predicts the size of the next answer's body, so that the waiting caller can
// make memory for it meanwhile. Most of the cost of a large message is new
// pages; with this, both sides make theirs at the same time.
//
// It predicts a body when the last two answers had bodies of the same size. So
// a change of size costs one body that nobody needs. Plain numbers; one thread.
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
  // Smaller bodies are not worth it.
  static constexpr uint32_t kWorthwhile = uint32_t{4} << 10;

  uint32_t last_ = 0;
  uint32_t last_but_one_ = 0;
  uint32_t expected_ = 0;
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_ANSWER_FORECAST_H_
