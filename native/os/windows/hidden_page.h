#ifndef RINGWIRE_OS_WINDOWS_HIDDEN_PAGE_H_
#define RINGWIRE_OS_WINDOWS_HIDDEN_PAGE_H_

#include <cstddef>
#include <cstdint>

namespace ringwire {

// What lies behind the bytes of sealed memory, which no user of it sees. It
// names the semaphores on which threads of all processes sleep that wait for
// a word of the memory. Written by who makes the memory; a peer that changes it
// is waited for less well.
struct HiddenPage {
  uint64_t magic;
  uint64_t name;  // random
};
constexpr uint64_t kHiddenMagic = 0x3157454d48534952;  // "RISHMEW1" in memory

// Sealed memory of n bytes is a section of n bytes and this.
constexpr size_t kHiddenSize = 4096;

}  // namespace ringwire

#endif  // RINGWIRE_OS_WINDOWS_HIDDEN_PAGE_H_
