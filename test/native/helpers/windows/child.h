#ifndef RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_CHILD_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_CHILD_H_

#include <doctest/doctest.h>

#include <string>

#include "os/handle.h"
#include "os/windows/win32.h"

namespace ringwire {

// Another process with this program. It runs the one test case of that name,
// which is skipped otherwise and finds `address` by AddressForChild().
class Child {
 public:
  Child(const char* test_case, const std::string& address) {
    char path[MAX_PATH];
    REQUIRE(GetModuleFileNameA(nullptr, path, sizeof(path)) < sizeof(path));
    std::string command = "\"" + std::string(path) + "\" --no-skip" +
                          " \"--test-case=" + test_case + "\"";
    STARTUPINFOA startup{};
    startup.cb = sizeof(startup);
    PROCESS_INFORMATION made{};
    SetEnvironmentVariableA("TEST_ADDRESS", address.c_str());
    REQUIRE(CreateProcessA(nullptr, command.data(), nullptr, nullptr, FALSE, 0,
                           nullptr, nullptr, &startup, &made));
    process_ = Handle(made.hProcess);
    CloseHandle(made.hThread);
  }
  ~Child() { Kill(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void Kill() const {
    TerminateProcess(process_.get(), 1);
    Join();
  }
  DWORD Join() const {
    WaitForSingleObject(process_.get(), INFINITE);
    DWORD code = 0;
    GetExitCodeProcess(process_.get(), &code);
    return code;
  }

 private:
  Handle process_;
};

inline std::string AddressForChild() {
  char address[256];
  const DWORD length =
      GetEnvironmentVariableA("TEST_ADDRESS", address, sizeof(address));
  REQUIRE(length > 0);
  REQUIRE(length < sizeof(address));
  return {address, length};
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_WINDOWS_CHILD_H_
