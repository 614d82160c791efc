#include "link/hand_over.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "os/closer.h"
#include "os/sealed_memory.h"

namespace ringwire {
namespace {

// More than a socket holds. A peer that sends for ever must not keep us here.
constexpr int kMostReceived = 4096;

}  // namespace

Status SendParcel(Socket* socket, uint32_t ticket, NativeHandle memory,
                  uint64_t byte_length) {
  const HandOver note{kHandOverMagic, ticket, byte_length};
  switch (socket->Send(&note, sizeof(note), &memory, 1)) {
    case IoResult::kOk:
      return Status::kOk;
    case IoResult::kAgain:
      return Status::kQueueFull;
    case IoResult::kClosed:
      return Status::kPeerGone;
    case IoResult::kError:
      break;
  }
  return Status::kSystem;
}

Status Parcels::Take(Socket* socket, uint32_t ticket, Parcel* parcel) {
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(),
                   [&](const Parcel& each) { return each.ticket == ticket; });
  if (found != waiting_.end()) {
    *parcel = std::move(*found);
    waiting_.erase(found);
    return Status::kOk;
  }
  for (int i = 0; i < kMostReceived; ++i) {
    Parcel next;
    const Status status = Receive(socket, &next);
    if (status == Status::kClosed) break;
    if (status == Status::kNoMemory) {
      lost_ = true;
      continue;
    }
    if (status != Status::kOk) return status;
    if (next.ticket == ticket) {
      *parcel = std::move(next);
      return Status::kOk;
    }
    // Its message was not read yet, or never sent.
    waiting_.push_back(std::move(next));
    if (waiting_.size() > kMostWaiting) {
      waiting_.pop_front();
      lost_ = true;
    }
  }
  return lost_ ? Status::kNoMemory : Status::kCorrupt;
}

Status Parcels::Receive(Socket* socket, Parcel* parcel) {
  HandOver note{};
  size_t got = 0;
  std::vector<Handle> handles;
  SystemError error{};
  // Room for one more than there should be, to notice a surplus.
  switch (socket->Receive(&note, sizeof(note), &got, &handles, 2, &error)) {
    case IoResult::kOk:
      break;
    case IoResult::kAgain:
    case IoResult::kClosed:
      return Status::kClosed;
    case IoResult::kError:
      return ReasonOf(error) == Reason::kExhausted ? Status::kNoMemory
                                                   : Status::kClosed;
  }
  if (got != sizeof(note) || handles.size() != 1 ||
      note.magic != kHandOverMagic || !IsSharedLength(note.byte_length) ||
      !CheckSealed(handles[0], SharedSize(note.byte_length), &error)) {
    // It may be anything, and closing it may take as long as the peer likes.
    for (Handle& handle : handles) CloseAside(std::move(handle));
    return Status::kCorrupt;
  }
  *parcel = {note.ticket, note.byte_length, std::move(handles[0])};
  return Status::kOk;
}

}  // namespace ringwire
