#ifndef RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_
#define RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <thread>

namespace ringwire {

// How many descriptors this process has open; to be compared only.
inline size_t OpenDescriptors() {
  using Folder = std::filesystem::directory_iterator;
  return static_cast<size_t>(std::distance(Folder("/proc/self/fd"), Folder()));
}

// Whether there are so many before long: strangers' are closed by a thread of
// their own. The limit only ends what would hang for ever.
inline bool DescriptorsComeTo(size_t count) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (OpenDescriptors() != count) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_
