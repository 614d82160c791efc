#include "os/socket.h"

#include <utility>

namespace ringwire {

Socket::Socket(Socket&& other) noexcept
    : state_(std::exchange(other.state_, {})),
      farewell_(std::move(other.farewell_)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this != &other) {
    Close();
    state_ = std::exchange(other.state_, {});
    farewell_ = std::move(other.farewell_);
  }
  return *this;
}

}  // namespace ringwire
