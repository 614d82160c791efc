#include "os/random.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace ringwire;  // NOLINT(google-build-using-namespace)

TEST_CASE("random bytes fill what they are asked to, and differ each time") {
  constexpr int kTimes = 100;
  // More than one call of the system gives at once.
  constexpr size_t kLength = 1000;
  std::set<std::string> seen;
  for (int i = 0; i < kTimes; ++i) {
    std::string bytes(kLength, '\0');
    SystemError error;
    REQUIRE(FillRandom(bytes.data(), bytes.size(), &error));
    // Its last bytes too: 16 zeroes do not happen by chance.
    CHECK(bytes.substr(kLength - 16) != std::string(16, '\0'));
    seen.insert(bytes);
  }
  CHECK(seen.size() == kTimes);
}

TEST_CASE("random bytes are written nowhere else") {
  char bytes[3] = {'a', 'b', 'c'};
  SystemError error;
  REQUIRE(FillRandom(bytes + 1, 1, &error));
  REQUIRE(FillRandom(bytes, 0, &error));
  CHECK(bytes[0] == 'a');
  CHECK(bytes[2] == 'c');
}
