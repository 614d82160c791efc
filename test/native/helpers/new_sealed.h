#ifndef RINGWIRE_TEST_NATIVE_HELPERS_NEW_SEALED_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_NEW_SEALED_H_

#include <doctest/doctest.h>

#include <cstddef>

#include "os/sealed_memory.h"

namespace ringwire {

inline Handle NewSealed(size_t size) {
  Handle memory;
  SystemError error;
  REQUIRE(CreateSealed(size, &memory, &error));
  return memory;
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_NEW_SEALED_H_
