#ifndef RINGWIRE_OS_RANDOM_H_
#define RINGWIRE_OS_RANDOM_H_

#include <cstddef>

#include "os/system_error.h"

namespace ringwire {

// Fills `bytes` with what nobody can guess, from the kernel: for tokens and
// names. False, with the error, where the kernel gives nothing.
bool FillRandom(void* bytes, size_t length, SystemError* error);

}  // namespace ringwire

#endif  // RINGWIRE_OS_RANDOM_H_
