#ifndef RINGWIRE_TEST_NATIVE_HELPERS_ALLOWED_CORES_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_ALLOWED_CORES_H_

#include <sched.h>

#include <cstdint>

namespace ringwire {

// The cores on which the calling thread may run. A plain value.
class AllowedCores {
 public:
  AllowedCores() { sched_getaffinity(0, sizeof(set_), &set_); }

  static AllowedCores Only(uint32_t core) {
    AllowedCores one;
    CPU_ZERO(&one.set_);
    CPU_SET(core, &one.set_);
    return one;
  }

  bool Apply() const { return sched_setaffinity(0, sizeof(set_), &set_) == 0; }
  int count() const { return CPU_COUNT(&set_); }
  bool operator==(const AllowedCores& other) const {
    return CPU_EQUAL(&set_, &other.set_) != 0;
  }

 private:
  cpu_set_t set_{};
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_ALLOWED_CORES_H_
