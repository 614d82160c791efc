#include "os/doorbell.h"

#include <fcntl.h>
#include <sys/event.h>
#include <unistd.h>

#include <cerrno>

#include "os/macos/descriptor.h"

namespace ringwire {
namespace {

// A pipe grows to this, and no further.
constexpr size_t kPipeSize = 65536;

bool MakeQueue(Handle* queue, SystemError* error) {
  Handle made(kqueue());
  if (!made.valid()) return Fail("kqueue", error);
  if (!CloseOnExec(made)) return Fail("fcntl(F_SETFD)", error);
  *queue = std::move(made);
  return true;
}

// Each press counts once (EV_CLEAR), and so does the end of a pipe: a peer that
// closes its button must not keep the loop of the owner busy.
bool Register(const Handle& queue, const Handle& pipe, SystemError* error) {
  struct kevent change{};
  EV_SET(&change, pipe.get(), EVFILT_READ, EV_ADD | EV_CLEAR, 0, 0, nullptr);
  if (kevent(queue.get(), &change, 1, nullptr, 0, nullptr) != 0) {
    return Fail("kevent", error);
  }
  return true;
}

bool MakePipe(Handle* read_end, Handle* write_end, SystemError* error) {
  int ends[2];
  if (pipe(ends) != 0) return Fail("pipe", error);
  *read_end = Handle(ends[0]);
  *write_end = Handle(ends[1]);
  for (const Handle* end : {read_end, write_end}) {
    if (!CloseOnExec(*end) || !NeverBlock(*end)) return Fail("fcntl", error);
  }
  if (fcntl(write_end->get(), F_SETNOSIGPIPE, 1) != 0) {
    return Fail("fcntl(F_SETNOSIGPIPE)", error);
  }
  return true;
}

}  // namespace

bool Doorbell::Create(Doorbell* doorbell, SystemError* error) {
  Doorbell made;
  if (!MakeQueue(&made.state_.queue, error)) return false;
  *doorbell = std::move(made);
  return true;
}

Doorbell Doorbell::Adopt(Handle handle) {
  Doorbell doorbell;
  doorbell.state_.presses[0] = std::move(handle);
  return doorbell;
}

// A kqueue cannot be sent.
Handle Doorbell::Release() {
  state_.queue.Close();
  return std::move(state_.presses[0]);
}

bool Doorbell::NewButton(Button* button, SystemError* error) {
  if (!state_.queue.valid()) {
    Handle queue;
    if (!MakeQueue(&queue, error) ||
        !Register(queue, state_.presses[0], error)) {
      return false;
    }
    state_.queue = std::move(queue);
  }
  for (Handle& presses : state_.presses) {
    if (presses.valid()) continue;
    Handle read_end;
    Handle write_end;
    if (!MakePipe(&read_end, &write_end, error) ||
        !Register(state_.queue, read_end, error)) {
      return false;
    }
    presses = std::move(read_end);
    *button = Button::Adopt(std::move(write_end));
    return true;
  }
  *error = InvalidArgument("button");
  return false;
}

void Doorbell::Drain() {
  struct kevent events[kMostButtons];
  const timespec now{};
  // First the events, then the bytes: a press in between is an event of its
  // own.
  kevent(state_.queue.get(), nullptr, 0, events, kMostButtons, &now);
  for (const Handle& presses : state_.presses) {
    if (!presses.valid()) continue;
    char bytes[4096];
    // So that there is room for a press. No more than a pipe holds: a peer may
    // go on pressing.
    for (size_t left = kPipeSize / sizeof(bytes); left > 0; --left) {
      const ssize_t got = read(presses.get(), bytes, sizeof(bytes));
      if (got < static_cast<ssize_t>(sizeof(bytes))) break;
    }
  }
}

Waitable Doorbell::waitable() const { return state_.queue.get(); }

}  // namespace ringwire
