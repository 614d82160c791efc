#ifndef RINGWIRE_TEST_NATIVE_HELPERS_OPEN_DESCRIPTORS_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_OPEN_DESCRIPTORS_H_

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <thread>

#include "os/closer.h"

namespace ringwire {

// How many descriptors this process has open, once those that are given up are
// closed; to be compared only.
inline size_t OpenDescriptors() {
  while (IsClosing()) std::this_thread::yield();
  using Folder = std::filesystem::directory_iterator;
  return static_cast<size_t>(std::distance(Folder("/proc/self/fd"), Folder()));
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_OPEN_DESCRIPTORS_H_
