#include "os/doorbell.h"

#include <utility>

#include "os/windows/security.h"
#include "os/windows/win32.h"

namespace ringwire {
namespace {

// What its owner needs; the rights that are left out would change the object.
constexpr DWORD kOwnerRights = SYNCHRONIZE | EVENT_MODIFY_STATE;

}  // namespace

static_assert(Doorbell::kMostButtons == 2, "DoorbellState has two events");

// A doorbell is the events of its buttons, which the buttons make.
bool Doorbell::Create(Doorbell* doorbell, SystemError* /*error*/) {
  *doorbell = Doorbell();
  return true;
}

Doorbell Doorbell::Adopt(Handle handle) {
  Doorbell doorbell;
  doorbell.state_.events[0] = std::move(handle);
  return doorbell;
}

Handle Doorbell::Release() { return std::move(state_.events[0]); }

bool Doorbell::NewButton(Button* button, SystemError* error) {
  Handle* const events = state_.events;
  if (events[1].valid()) {
    *error = InvalidArgument("doorbell");
    return false;
  }
  // What was adopted may be something else. Nobody has pressed it yet.
  if (events[0].valid() && !ResetEvent(events[0].get())) {
    return Fail("ResetEvent", error);
  }
  NobodyMayOpen security;
  Handle event(CreateEventExW(security.get(), nullptr,
                              CREATE_EVENT_MANUAL_RESET, kOwnerRights));
  if (!event.valid()) return Fail("CreateEventEx", error);
  Handle pressed = Restrict(event.get(), EVENT_MODIFY_STATE);
  if (!pressed.valid()) return Fail("DuplicateHandle", error);
  *button = Button::Adopt(std::move(pressed));
  events[events[0].valid() ? 1 : 0] = std::move(event);
  return true;
}

void Doorbell::Drain() {
  for (const Handle& event : state_.events) {
    if (event.valid()) ResetEvent(event.get());
  }
}

Waitable Doorbell::waitable() const {
  return {state_.events[0].get(), state_.events[1].get()};
}

}  // namespace ringwire
