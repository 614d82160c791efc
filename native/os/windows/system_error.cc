#include "os/system_error.h"

#include "os/windows/win32.h"

namespace ringwire {

Reason ReasonOf(const SystemError& error) {
  switch (error.code) {
    case ERROR_TOO_MANY_OPEN_FILES:
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
    case ERROR_NO_SYSTEM_RESOURCES:
    case ERROR_COMMITMENT_LIMIT:
    case ERROR_PAGEFILE_QUOTA:
    case ERROR_NOT_ENOUGH_QUOTA:
    case ERROR_WORKING_SET_QUOTA:
      return Reason::kExhausted;
    case ERROR_FILE_NOT_FOUND:
      return Reason::kNoListener;
    case ERROR_PIPE_BUSY:
      return Reason::kBusy;
    default:
      return Reason::kOther;
  }
}

SystemError InvalidArgument(const char* call) {
  return {call, ERROR_INVALID_PARAMETER};
}

bool Fail(const char* call, SystemError* error) {
  *error = {call, static_cast<int>(GetLastError())};
  return false;
}

}  // namespace ringwire
