#ifndef RINGWIRE_OS_MACOS_DESCRIPTOR_H_
#define RINGWIRE_OS_MACOS_DESCRIPTOR_H_

#include "os/handle.h"

namespace ringwire {

// Which system calls of Linux take as a flag. In between another thread could
// start a program that inherits the descriptor; libuv starts none that does.
// False: errno says why.
[[nodiscard]] bool CloseOnExec(const Handle& handle);
[[nodiscard]] bool NeverBlock(const Handle& handle);

}  // namespace ringwire

#endif  // RINGWIRE_OS_MACOS_DESCRIPTOR_H_
