#ifndef RINGWIRE_TEST_NATIVE_HELPERS_ADDRESS_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_ADDRESS_H_

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "os/random.h"

namespace ringwire {

// A name that no other test, and no other process, uses.
inline std::string NewAddress() {
  uint64_t number = 0;
  SystemError error;
  REQUIRE(FillRandom(&number, sizeof(number), &error));
  return "ringwire-test/" + std::to_string(number);
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_ADDRESS_H_
