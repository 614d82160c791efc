#ifndef RINGWIRE_OS_SEALED_MEMORY_H_
#define RINGWIRE_OS_SEALED_MEMORY_H_

#include <cstddef>
#include <cstdint>

#include "os/handle.h"
#include "os/native.h"
#include "os/system_error.h"

namespace ringwire {

// Memory without a name that processes share through its handles. Its size is
// sealed, and the memory is gone with its last handle and its last mapping. Any
// thread.

// Makes zeroed memory and seals it.
[[nodiscard]] bool CreateSealed(size_t size, Handle* handle,
                                SystemError* error);

// Whether memory that a peer made has exactly this size for ever, in ordinary
// pages: then no access to a mapping of it can fault.
[[nodiscard]] bool CheckSealed(const Handle& handle, size_t size,
                               SystemError* error);

// Whether two handles of this process are of one memory, whoever sent them.
// False when either is of none.
bool IsSameMemory(NativeHandle one, NativeHandle other);

}  // namespace ringwire

#endif  // RINGWIRE_OS_SEALED_MEMORY_H_
