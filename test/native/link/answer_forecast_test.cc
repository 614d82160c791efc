#include "link/answer_forecast.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint32_t kLarge = 1 << 20;

// What is foretold after answers of these sizes.
uint32_t After(std::initializer_list<uint32_t> sizes) {
  AnswerForecast forecast;
  for (const uint32_t size : sizes) {
    forecast.Begin();
    forecast.Record(size);
  }
  forecast.Begin();
  return forecast.Take();
}

}  // namespace

TEST_CASE("forecast: two large answers of one size foretell a third") {
  CHECK(After({kLarge, kLarge}) == kLarge);
  CHECK(After({0, 7, kLarge, kLarge}) == kLarge);
}

TEST_CASE("forecast: nothing else foretells anything") {
  CHECK(After({}) == 0);
  CHECK(After({kLarge}) == 0);
  CHECK(After({kLarge, kLarge + 1}) == 0);
  CHECK(After({kLarge, kLarge, 0}) == 0);
  CHECK(After({kLarge, 0, kLarge}) == 0);
}

TEST_CASE("forecast: what is made in no time is not worth it") {
  CHECK(After({0, 0}) == 0);
  CHECK(After({4095, 4095}) == 0);
  CHECK(After({4096, 4096}) == 4096);
}

TEST_CASE("forecast: a call is told once") {
  AnswerForecast forecast;
  forecast.Record(kLarge);
  forecast.Record(kLarge);
  forecast.Begin();
  CHECK(forecast.Take() == kLarge);
  CHECK(forecast.Take() == 0);
  forecast.Begin();
  CHECK(forecast.Take() == kLarge);
}
