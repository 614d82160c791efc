#ifndef RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_
#define RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_

#include <cstddef>
#include <filesystem>
#include <iterator>

namespace ringwire {

// How many descriptors this process has open; to be compared only.
inline size_t OpenDescriptors() {
  using Folder = std::filesystem::directory_iterator;
  return static_cast<size_t>(std::distance(Folder("/proc/self/fd"), Folder()));
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_
