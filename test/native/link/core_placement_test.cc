#include "link/core_placement.h"

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "link/spin.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

thread_local bool refused = false;

// As where a filter of system calls refuses it.
struct NoCoreNumbers {
  NoCoreNumbers() { refused = true; }
  ~NoCoreNumbers() { refused = false; }
  NoCoreNumbers(const NoCoreNumbers&) = delete;
  NoCoreNumbers& operator=(const NoCoreNumbers&) = delete;
};

}  // namespace

// In the place of the C library's, for all of this program. By its symbol:
// glibc declares it noexcept, musl does not.
extern "C" int CoreNumber() __asm__("sched_getcpu");

int CoreNumber() {
  unsigned core = 0;
  if (refused || syscall(SYS_getcpu, &core, nullptr, nullptr) != 0) {
    errno = ENOSYS;
    return -1;
  }
  return static_cast<int>(core);
}

TEST_CASE("two sides that do not know their cores do not share one") {
  SideLine acceptors{};
  SideLine connectors{};
  CorePlacement acceptor(false, &acceptors, &connectors);
  CorePlacement connector(true, &connectors, &acceptors);
  const NoCoreNumbers limit;
  CHECK(acceptor.TimeAlone(1000) == kAloneNs);
  CHECK(connector.TimeAlone(1000) == kAloneNs);
  CHECK(acceptor.TimeAlone(1000) == kAloneNs);
  CHECK(acceptors.core.load() == 0);
  CHECK(connectors.core.load() == 0);
}

TEST_CASE("a side that no longer knows its core takes back what it told") {
  SideLine mine{};
  const SideLine peers{};
  CorePlacement placement(false, &mine, &peers);
  placement.TimeAlone(1000);
  CHECK(mine.core.load() != 0);
  const NoCoreNumbers limit;
  placement.TimeAlone(1000);
  CHECK(mine.core.load() == 0);
}
