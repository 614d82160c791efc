#include "death/meeting.h"

#include <poll.h>

#include <thread>
#include <utility>

#include "link/handshake.h"

namespace ringwire {
namespace {

Status Admit(const std::string& address, Stage* stage, LinkParts* parts) {
  Socket listener;
  Socket socket;
  SystemError error;
  if (!Socket::Listen(address, &listener, &error)) return Status::kSystem;
  stage->listening.store(true);
  while (listener.Accept(&socket) != IoResult::kOk) listener.WaitReadable(-1);
  AcceptorHandshake handshake(std::move(socket), kMinLinkCapacity,
                              kMinLinkCapacity);
  HandshakeStep step = handshake.Advance();
  for (;;) {
    switch (step) {
      case HandshakeStep::kWait: {
        pollfd ready{handshake.waitable(), POLLIN, 0};
        poll(&ready, 1, -1);
        step = handshake.Advance();
        break;
      }
      case HandshakeStep::kDecide:
        step = handshake.MakeOffer();
        break;
      case HandshakeStep::kFailed:
        return handshake.status();
      case HandshakeStep::kDone:
        *parts = handshake.TakeParts();
        return Status::kOk;
    }
  }
}

Status Join(const std::string& address, const Stage& stage, int timeout_ms,
            LinkParts* parts) {
  while (!stage.listening.load()) std::this_thread::yield();
  ConnectorHandshake handshake(address, Token{});
  if (handshake.Run(timeout_ms) != HandshakeStep::kDone) {
    return handshake.status();
  }
  *parts = handshake.TakeParts();
  return Status::kOk;
}

}  // namespace

Status Meet(Role role, const std::string& address, Stage* stage, int timeout_ms,
            LinkParts* parts) {
  return role == Role::kAcceptor ? Admit(address, stage, parts)
                                 : Join(address, *stage, timeout_ms, parts);
}

}  // namespace ringwire
