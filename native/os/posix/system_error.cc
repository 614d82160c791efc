#include "os/system_error.h"

#include <cerrno>

namespace ringwire {

Reason ReasonOf(const SystemError& error) {
  switch (error.code) {
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOSPC:
      return Reason::kExhausted;
    case ECONNREFUSED:
      return Reason::kNoListener;
    case EAGAIN:
      return Reason::kBusy;
    default:
      return Reason::kOther;
  }
}

SystemError InvalidArgument(const char* call) { return {call, EINVAL}; }

bool Fail(const char* call, SystemError* error) {
  *error = {call, errno};
  return false;
}

}  // namespace ringwire
