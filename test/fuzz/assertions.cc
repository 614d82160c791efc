// The assertions of doctest, outside of doctest's test cases: the first that
// fails ends the process, which libFuzzer reports with the input.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>

namespace {

void Fail(const doctest::AssertData& assertion) {
  if (!assertion.m_failed) return;
  fprintf(stderr, "%s:%d: failed: %s\n", assertion.m_file, assertion.m_line,
          assertion.m_expr);
  abort();
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  static doctest::Context assertions;
  assertions.setAssertHandler(Fail);
  assertions.setAsDefaultForAssertsOutOfTestCases();
  return 0;
}
