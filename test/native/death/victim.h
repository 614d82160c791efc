#ifndef RINGWIRE_TEST_NATIVE_DEATH_VICTIM_H_
#define RINGWIRE_TEST_NATIVE_DEATH_VICTIM_H_

#include <sys/types.h>

#include <functional>

namespace ringwire {

// A child process of the test. Owns it: whatever happens, it is gone when this
// is.
class Victim {
 public:
  // Forks; the child runs `act` and ends.
  explicit Victim(const std::function<void()>& act);
  ~Victim();
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;

  // Blocks until it has ended; returns how, as waitpid() does.
  int Await();
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
  bool reaped_ = false;
};

// Whether the first thread of a process sleeps until something happens.
bool Sleeps(pid_t process);

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_DEATH_VICTIM_H_
