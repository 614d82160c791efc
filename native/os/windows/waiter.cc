#include "os/waiter.h"

#include <utility>

#include "os/windows/security.h"
#include "os/windows/win32.h"

namespace ringwire {
namespace {

// Two handles of one event. Who sleeps may only wait, and who wakes may only
// set.
bool NewEvent(Handle* sleeps, Handle* wakes, SystemError* error) {
  NobodyMayOpen security;
  const Handle event(CreateEventExW(security.get(), nullptr, 0,
                                    SYNCHRONIZE | EVENT_MODIFY_STATE));
  if (!event.valid()) return Fail("CreateEventEx", error);
  *sleeps = Restrict(event.get(), SYNCHRONIZE);
  *wakes = Restrict(event.get(), EVENT_MODIFY_STATE);
  return (sleeps->valid() && wakes->valid()) || Fail("DuplicateHandle", error);
}

}  // namespace

bool Waiter::CreatePair(Waiter* acceptors, Waiter* connectors,
                        std::vector<Handle>* for_connector,
                        SystemError* error) {
  Handle sleeps;
  Handle wakes;
  if (!NewEvent(&sleeps, &connectors->state_.event, error) ||
      !NewEvent(&acceptors->state_.event, &wakes, error)) {
    return false;
  }
  for_connector->push_back(std::move(sleeps));
  for_connector->push_back(std::move(wakes));
  return true;
}

void Waiter::AdoptPair(Handle* handles, Waiter* connectors, Waiter* acceptors) {
  connectors->state_.event = std::move(handles[0]);
  acceptors->state_.event = std::move(handles[1]);
}

// WaitOnAddress stays inside of a process. The event stays set until somebody
// has waited for it: a wake-up between the look at the word and the sleep is
// not lost, and one that comes too late costs the next sleeper a look.

void Waiter::Wait(std::atomic<uint32_t>* word, uint32_t expected,
                  const Socket& socket, uint64_t timeout_ns) {
  if (word->load(std::memory_order_seq_cst) != expected) return;
  const Waitable end = socket.waitable();
  HANDLE handles[3];
  DWORD count = 0;
  for (const NativeHandle each : {state_.event.get(), end.first, end.second}) {
    if (each != kNoHandle) handles[count++] = each;
  }
  const DWORD milliseconds = ToMilliseconds(timeout_ns);
  // An acceptor that sent no event must not keep this thread busy.
  if (count == 0 || WaitForMultipleObjects(count, handles, FALSE,
                                           milliseconds) == WAIT_FAILED) {
    Sleep(milliseconds);
  }
}

void Waiter::Wake(std::atomic<uint32_t>* /*word*/) {
  if (state_.event.valid()) SetEvent(state_.event.get());
}

}  // namespace ringwire
