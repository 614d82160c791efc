#ifndef RINGWIRE_TEST_NATIVE_DESCRIPTOR_LIMIT_H_
#define RINGWIRE_TEST_NATIVE_DESCRIPTOR_LIMIT_H_

#include <sys/resource.h>

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

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_DESCRIPTOR_LIMIT_H_
