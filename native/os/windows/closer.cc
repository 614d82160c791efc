#include "os/closer.h"

#include <deque>
#include <mutex>
#include <utility>

#include "os/windows/win32.h"

namespace ringwire {
namespace {

// What all environments of this process share. Threads of the system's pool use
// it until the end of the process, so it is never destroyed. (The addon stays
// loaded.)
struct Closer {
  std::mutex mutex;
  std::deque<Handle> waiting;
  int closing = 0;
  PTP_WORK work = nullptr;
};

Closer& TheCloser() {
  static auto* const closer = new Closer;
  return *closer;
}

// Runs once for each handle.
void CALLBACK CloseNext(PTP_CALLBACK_INSTANCE instance, void* /*unused*/,
                        PTP_WORK /*work*/) {
  // The pool then starts another thread for those behind this one.
  CallbackMayRunLong(instance);
  Closer& closer = TheCloser();
  Handle next;
  {
    const std::lock_guard<std::mutex> lock(closer.mutex);
    if (closer.waiting.empty()) return;
    next = std::move(closer.waiting.front());
    closer.waiting.pop_front();
    ++closer.closing;
  }
  next.Close();
  const std::lock_guard<std::mutex> lock(closer.mutex);
  --closer.closing;
}

}  // namespace

void CloseAside(Handle handle) {
  if (!handle.valid()) return;
  Closer& closer = TheCloser();
  const std::lock_guard<std::mutex> lock(closer.mutex);
  closer.waiting.push_back(std::move(handle));
  if (closer.work == nullptr) {
    closer.work = CreateThreadpoolWork(CloseNext, nullptr, nullptr);
  }
  // Without memory for it they wait: open is better than stuck.
  if (closer.work == nullptr) return;
  SubmitThreadpoolWork(closer.work);
}

bool IsClosing() {
  Closer& closer = TheCloser();
  const std::lock_guard<std::mutex> lock(closer.mutex);
  return closer.closing > 0 || !closer.waiting.empty();
}

}  // namespace ringwire
