#ifndef RINGWIRE_TEST_NATIVE_HELPERS_DESCRIPTOR_LIMIT_H_
#define RINGWIRE_TEST_NATIVE_HELPERS_DESCRIPTOR_LIMIT_H_

#include <sys/resource.h>
#include <unistd.h>

#include <utility>
#include <vector>

#include "os/handle.h"

namespace ringwire {

// As long as it lives this process gets no new descriptor: EMFILE.
class NoNewDescriptors {
 public:
  NoNewDescriptors() {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit none{0, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoNewDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
  NoNewDescriptors(const NoNewDescriptors&) = delete;
  NoNewDescriptors& operator=(const NoNewDescriptors&) = delete;

 private:
  rlimit before_{};
};

// As long as it lives every descriptor that this process may have is in use.
class AllDescriptorsTaken {
 public:
  AllDescriptorsTaken() {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit few{64, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
    for (;;) {
      Handle handle(dup(STDOUT_FILENO));
      if (!handle.valid()) break;
      taken_.push_back(std::move(handle));
    }
  }
  ~AllDescriptorsTaken() { setrlimit(RLIMIT_NOFILE, &before_); }
  AllDescriptorsTaken(const AllDescriptorsTaken&) = delete;
  AllDescriptorsTaken& operator=(const AllDescriptorsTaken&) = delete;

 private:
  rlimit before_{};
  std::vector<Handle> taken_;
};

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_HELPERS_DESCRIPTOR_LIMIT_H_
