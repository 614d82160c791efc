#ifndef RINGWIRE_OS_SYSTEM_ERROR_H_
#define RINGWIRE_OS_SYSTEM_ERROR_H_

namespace ringwire {

// Which system call failed, and the system's own number of the reason.
struct SystemError {
  const char* call = "";
  int code = 0;
};

// The reasons that somebody acts on.
enum class Reason {
  kOther,
  kExhausted,   // this process, or the system, has no more memory or handles
  kNoListener,  // nobody listens on that name
  kBusy,        // not now
};
Reason ReasonOf(const SystemError& error);

// What a call of our own says that was given nonsense.
SystemError InvalidArgument(const char* call);

// Fills `error` with why the last system call of this thread failed; always
// false, to be returned.
bool Fail(const char* call, SystemError* error);

}  // namespace ringwire

#endif  // RINGWIRE_OS_SYSTEM_ERROR_H_
