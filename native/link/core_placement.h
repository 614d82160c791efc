#ifndef RINGWIRE_LINK_CORE_PLACEMENT_H_
#define RINGWIRE_LINK_CORE_PLACEMENT_H_

#include <cstdint>

#include "ring/layout.h"

namespace ringwire {

// Keeps the two sides of a link from spinning on one core, where neither can
// answer the other. Each side tells the other where it last waited. Borrows
// their lines in the segment; belongs to the thread of its link.
class CorePlacement {
 public:
  CorePlacement() = default;
  // `may_move`: whether this side leaves the core of its peer. Only connectors
  // do: an acceptor has many peers, and each of them has only it.
  CorePlacement(bool may_move, SideLine* mine, const SideLine* peers)
      : may_move_(may_move), mine_(mine), peers_(peers) {}

  // Waits on the peer's core in a row, without a rest, after which a connector
  // moves. Fewer may be chance, and a move costs some 60 us.
  static constexpr int kPatience = 8;

  // How long to spin without yielding the core to others, of the `spin_ns` that
  // are allowed: not at all where the peer last waited on the same core, since
  // it cannot answer meanwhile. A connector for which that goes on moves to
  // another core, now and then; see kLeaveCoreNs.
  uint64_t TimeAlone(uint64_t spin_ns);

  // Call this when the peer has woken this thread after `waited_ns`. If that
  // goes on to be on the core of a peer that is likely to be at work, a
  // connector moves to another.
  void NoteWakeUp(uint64_t waited_ns);

 private:
  // Tells the peer where this thread is. Whether the peer last waited there, as
  // far as either knows.
  bool SharesCore();
  // Notes one more wait on the peer's core. Whether that goes on for long.
  bool GoesOn(uint64_t now);
  // Moves this thread to another core than the peer's. False: it stays.
  bool LeavePeersCore();

  bool may_move_ = false;
  SideLine* mine_ = nullptr;
  const SideLine* peers_ = nullptr;
  uint32_t core_ = 0;          // what mine_ says of it
  int waits_ = 0;              // on the peer's core, in a row
  uint64_t last_wait_ns_ = 0;  // the last of them
  uint64_t left_core_ns_ = 0;  // when this thread last did, for the peer
};

}  // namespace ringwire

#endif  // RINGWIRE_LINK_CORE_PLACEMENT_H_
