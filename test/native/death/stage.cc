#include "death/stage.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>

#include "link/spin.h"
#include "ring/point.h"

namespace ringwire {
namespace {

// Much longer than a round takes on a slow and busy machine.
constexpr unsigned kHangsSeconds = 60;

Stage* stage = nullptr;
Deeds* mine = nullptr;
char what_hangs[256];

void SayWhatHangs(int /*signal*/) {
  for (const char* text :
       {const_cast<const char*>(what_hangs), stage->plan.label, "\n"}) {
    [[maybe_unused]] const ssize_t written =
        write(STDERR_FILENO, text, strlen(text));
  }
  _exit(EXIT_FAILURE);
}

Stage* NewStage() {
  if (stage == nullptr) {
    void* const memory = mmap(nullptr, sizeof(Stage), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) abort();
    stage = static_cast<Stage*>(memory);
#ifdef M_TRIM_THRESHOLD  // musl has no such thing
    // Memory that goes back to the system has to be flushed from other cores,
    // which costs more than the rest of a round on a virtual machine.
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
  }
  new (stage) Stage;
  return stage;
}

// At the point of the plan: stops or dies here, or says that it is about to
// sleep.
void MeetFate() {
  const Plan& plan = stage->plan;
  if (stage->passes.fetch_add(1) + 1 != plan.pass) return;
  stage->reached_ns.store(Now());
  stage->reached.store(true);
  if (!plan.asleep) kill(getpid(), plan.signal);
}

}  // namespace

void ReachPoint(const char* label) {
  if (mine == nullptr) return;
  if (strcmp(label, "published") == 0) mine->records_published.fetch_add(1);
  if (strcmp(label, "released") == 0) mine->records_released.fetch_add(1);
  if (mine == &stage->victim && strcmp(label, stage->plan.label) == 0) {
    MeetFate();
  }
}

Stage* SetStage(const Plan& first, const std::string& description) {
  const std::string text = "\nhangs: " + description + ", then at ";
  what_hangs[text.copy(what_hangs, sizeof(what_hangs) - 1)] = '\0';
  signal(SIGALRM, SayWhatHangs);
  alarm(kHangsSeconds);
  mine = &NewStage()->survivor;
  stage->Arm(first);
  return stage;
}

void EnterStageAsVictim() { mine = &stage->victim; }

}  // namespace ringwire
