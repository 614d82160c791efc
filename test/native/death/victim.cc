#include "death/victim.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>

#include "death/stage.h"

namespace ringwire {

Victim::Victim(const std::function<void()>& act) : pid_(fork()) {
  if (pid_ < 0) abort();
  if (pid_ > 0) return;
  // A stopped child would outlive a test that is killed.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  EnterStageAsVictim();
  act();
  _exit(EXIT_SUCCESS);
}

Victim::~Victim() {
  if (reaped_) return;
  kill(pid_, SIGKILL);
  Await();
}

int Victim::Await() {
  int status = 0;
  waitpid(pid_, &status, 0);
  reaped_ = true;
  return status;
}

bool Sleeps(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line);
  // "pid (name) S ...", and the name may hold anything.
  const size_t name_end = line.rfind(')');
  return name_end != std::string::npos && name_end + 2 < line.size() &&
         line[name_end + 2] == 'S';
}

}  // namespace ringwire
