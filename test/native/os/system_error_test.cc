#include "os/system_error.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cerrno>
#include <string>

using namespace ringwire;  // NOLINT(google-build-using-namespace)

TEST_CASE("a failed call is kept with its name and the system's number") {
  SystemError error;
  const bool succeeded = close(-1) == 0 || Fail("close", &error);
  CHECK_FALSE(succeeded);
  CHECK(std::string(error.call) == "close");
  CHECK(error.code == EBADF);
}

TEST_CASE("the reasons that somebody acts on are told apart") {
  for (const int code : {EMFILE, ENFILE, ENOMEM, ENOSPC}) {
    CHECK(ReasonOf({"", code}) == Reason::kExhausted);
  }
  CHECK(ReasonOf({"", ECONNREFUSED}) == Reason::kNoListener);
  CHECK(ReasonOf({"", EAGAIN}) == Reason::kBusy);
  for (const int code : {0, EPERM, EINVAL}) {
    CHECK(ReasonOf({"", code}) == Reason::kOther);
  }
}
