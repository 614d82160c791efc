#ifndef RINGWIRE_OS_SYSTEM_ERROR_H_
#define RINGWIRE_OS_SYSTEM_ERROR_H_

#include <cerrno>

namespace ringwire {

// Which system call failed, and its errno.
struct SystemError {
  const char* call = "";
  int code = 0;
};

// Fills `error` from errno; always false, to be returned.
inline bool Fail(const char* call, SystemError* error) {
  *error = {call, errno};
  return false;
}

}  // namespace ringwire

#endif  // RINGWIRE_OS_SYSTEM_ERROR_H_
