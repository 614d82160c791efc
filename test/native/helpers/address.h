#ifndef RINGWIRE_TEST_NATIVE_HELPERS_ADDRESS_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_ADDRESS_H_

#include <unistd.h>

#include <string>

namespace ringwire {

// An abstract name that no other test, and no other process, uses.
inline std::string NewAddress() {
  static int count = 0;
  return "ringwire-test/" + std::to_string(getpid()) + "/" +
         std::to_string(++count);
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_ADDRESS_H_
