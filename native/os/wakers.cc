#include "os/wakers.h"

#include <utility>

namespace ringwire {

bool CreateWakers(Wakers* mine, std::vector<Handle>* for_peer,
                  SystemError* error) {
  Doorbell theirs;
  Button for_them;
  if (!Doorbell::Create(&theirs, error) ||
      !theirs.NewButton(&mine->peer_button, error) ||
      !Doorbell::Create(&mine->doorbell, error) ||
      !mine->doorbell.NewButton(&for_them, error) ||
      !mine->doorbell.NewButton(&mine->own_button, error)) {
    return false;
  }
  for_peer->push_back(theirs.Release());
  for_peer->push_back(for_them.Release());
  return Waiter::CreatePair(&mine->own_waiter, &mine->peer_waiter, for_peer,
                            error);
}

bool AdoptWakers(Handle* handles, Wakers* mine, SystemError* error) {
  mine->doorbell = Doorbell::Adopt(std::move(handles[0]));
  if (!mine->doorbell.NewButton(&mine->own_button, error)) return false;
  mine->peer_button = Button::Adopt(std::move(handles[1]));
  Waiter::AdoptPair(handles + kDoorbellHandles, &mine->own_waiter,
                    &mine->peer_waiter);
  return true;
}

}  // namespace ringwire
