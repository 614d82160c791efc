/*
 * close() while messages wait for room, on one side or both, and while the other side calls. Who wakes
 * whom is left to space.pml and reply.pml: here, a step is taken once it can be.
 *
 * To be shown: every call ends, every side that closes gets away, and what it had sent before arrives
 * on a side that does not close, too.
 */
#define RING 1 /* messages that a ring holds */
#define SENT 2 /* messages that a side sends at once */

bool closed[2], hung_up[2], calling[2];
bool answered[2]; /* the call of this side */
byte waiting[2]; /* messages in the sender's memory */
byte in_ring[2]; /* by sender */
byte ended;

#define PeerClosed() closed[1 - me]
#define HungUp() hung_up[1 - me]

ltl both_get_away { <> (ended == 2) }

/* link/link.cc */

inline Flush() {
  d_step { waiting[me]--; in_ring[me]++ }
}

/* It blocks: nothing is read meanwhile, and nothing is flushed. */
inline Call() {
  if
  :: answered[me]
  :: PeerClosed()
  :: HungUp()
  fi;
  d_step { calling[me] = false; answered[me] = false }
}

/* addon/link_wrap.cc */

inline Release() {
  closed[me] = true; /* Link::Close */
  hung_up[me] = true
}

inline GoOnClosing() {
  do
#ifndef MUTATION_WAITS_FOR_A_PEER_THAT_CLOSED
  :: PeerClosed() -> break
#endif
#ifdef MUTATION_DROPS_WHAT_WAITS
  :: true -> break
#else
  :: waiting[me] == 0 -> break
#endif
#ifndef MUTATION_DOES_NOT_LEAVE
  :: !PeerClosed() && waiting[me] > 0 && !closed[me] -> closed[me] = true /* Link::Leave */
#endif
  :: waiting[me] > 0 && in_ring[me] < RING -> Flush()
  :: HungUp() -> break /* OnSocket */
  od
}

proctype Side(bit me) {
  bool has_sent, has_called;

  do
  :: !has_sent && !PeerClosed() -> has_sent = true; waiting[me] = SENT
  :: atomic { /* calling.pml */
       !has_called && !calling[1 - me] && !PeerClosed() -> has_called = true; calling[me] = true
     };
     Call()
  :: calling[1 - me] && !answered[1 - me] -> answered[1 - me] = true
  :: waiting[me] > 0 && in_ring[me] < RING -> Flush()
  :: in_ring[1 - me] > 0 -> in_ring[1 - me]--
  :: HungUp() && in_ring[1 - me] == 0 ->
     assert(waiting[1 - me] == 0);
     break
  :: true -> GoOnClosing(); break /* the application closes */
  od;
  Release();
  ended++
}

init {
  atomic { run Side(0); run Side(1) }
}
