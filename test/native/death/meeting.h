#ifndef RINGWIRE_TEST_NATIVE_DEATH_MEETING_H_
#define RINGWIRE_TEST_NATIVE_DEATH_MEETING_H_

#include <string>

#include "death/stage.h"
#include "link/link.h"
#include "link/status.h"

namespace ringwire {

// One side of the handshake between the two processes of a round. Blocks until
// it is over; only the connector has a deadline. kOk: there are `parts`.
Status Meet(Role role, const std::string& address, Stage* stage, int timeout_ms,
            LinkParts* parts);

}  // namespace ringwire

#endif  // RINGWIRE_TEST_NATIVE_DEATH_MEETING_H_
