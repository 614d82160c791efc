#include "os/process.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <string>

using namespace ringwire;  // NOLINT(google-build-using-namespace)

TEST_CASE("a process knows itself, and its user") {
  CHECK(IsCurrentProcess(static_cast<ProcessId>(getpid())));
  CHECK_FALSE(IsCurrentProcess(static_cast<ProcessId>(getppid())));
  CHECK(CurrentUser() == std::to_string(getuid()));
}
