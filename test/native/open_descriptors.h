#ifndef RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_
#define RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_

#include <dirent.h>

#include <cstddef>

namespace ringwire {

// How many descriptors this process has open; to be compared only.
inline size_t OpenDescriptors() {
  size_t count = 0;
  DIR* const folder = opendir("/proc/self/fd");
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_OPEN_DESCRIPTORS_H_
