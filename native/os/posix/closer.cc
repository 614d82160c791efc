#include "os/closer.h"

#include <pthread.h>

#include <csignal>
#include <deque>
#include <mutex>
#include <utility>

namespace ringwire {
namespace {

// A close() that waits must not delay those behind it.
constexpr int kMostThreads = 8;

// What all environments of this process share; threads use it until the end of
// the process, so it is never destroyed. (The addon is linked with nodelete:
// its code stays, too.)
struct Closer {
  std::mutex mutex;
  std::deque<Handle> waiting;
  int threads = 0;
};

Closer& TheCloser() {
  static auto* const closer = new Closer;
  return *closer;
}

// Ends when there is nothing to close: an idle process has no such thread.
void* CloseAll(void* /*unused*/) {
  Closer& closer = TheCloser();
  for (;;) {
    Handle next;
    {
      const std::lock_guard<std::mutex> lock(closer.mutex);
      if (closer.waiting.empty()) {
        --closer.threads;
        return nullptr;
      }
      next = std::move(closer.waiting.front());
      closer.waiting.pop_front();
    }
  }
}

// This thread takes no signals of the application.
bool StartThread() {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  const bool started = pthread_create(&thread, nullptr, CloseAll, nullptr) == 0;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (started) pthread_detach(thread);
  return started;
}

}  // namespace

void CloseAside(Handle handle) {
  if (!handle.valid()) return;
  Closer& closer = TheCloser();
  const std::lock_guard<std::mutex> lock(closer.mutex);
  closer.waiting.push_back(std::move(handle));
  if (closer.threads == kMostThreads) return;
  ++closer.threads;
  // Without a thread they wait for the next one: open is better than stuck.
  if (!StartThread()) --closer.threads;
}

bool IsClosing() {
  Closer& closer = TheCloser();
  const std::lock_guard<std::mutex> lock(closer.mutex);
  return closer.threads > 0 || !closer.waiting.empty();
}

}  // namespace ringwire
