/*
 * Space: a writer waits for room, a reader frees it. The writer sends from its event loop, where it
 * queues what does not fit, and by synchronous calls, which block in a futex and may have a deadline.
 * The reader reads whatever comes; doorbell.pml is about its sleep.
 *
 * To be shown: all that was taken for sending arrives, whole, unharmed and in order, and nobody waits
 * for room that is there. The ring never holds more than its capacity.
 */
#define RINGS 1
#define CAPACITY 2
#ifndef MESSAGES
#define MESSAGES 2
#endif
#define ring 0

#include "ring.pml"
#include "os.pml"

bool rung; /* the writer's doorbell */
bool asleep; /* the writer, in a futex on SpaceWord */
bool all_sent, all_arrived;
byte accepted; /* messages that were not given up before they began */

ltl everything_arrives { <> all_arrived }

/* What waits for room, one record each. */
chan queue = [2 * MESSAGES] of { byte };
#define idle() (len(queue) == 0)

/* link/sender.cc. An outgoing message is one record, `first`, or two; 0: it is out. */

inline Advance() {
  do
  :: first == 0 -> ok = true; break
  :: else ->
     Write(ring, first, ok, wake);
     if
     :: ok -> d_step { first = rest; rest = 0; started = true }
     :: else -> break
     fi
  od
}

inline Defer() {
  d_step {
    queue!first;
    if
    :: rest != 0 -> queue!rest
    :: else
    fi;
    first = 0;
    rest = 0
  }
}

inline ArmSpaceFor(record) {
  ArmSpace(ring, RecordSize(record), no_room)
}

inline Flush() {
  do
  :: idle() -> break
  :: else ->
     queue?<front>;
     Write(ring, front, ok, wake);
     if
     :: ok -> queue?_
     :: else ->
#ifdef MUTATION_FLUSH_DOES_NOT_ASK
        break
#else
        ArmSpaceFor(front);
        if
        :: no_room -> break
        :: else
        fi
#endif
     fi
  od
}

inline Send() {
  Flush();
  ok = false;
  if
  :: idle() -> Advance()
  :: else
  fi;
  if
  :: !ok -> Defer(); Flush()
  :: else
  fi;
  accepted++
}

/* link/link.cc, the side that writes */

inline SetBlocked(value) {
  control[ring].writer.blocked = value
}

/* CallDeadline::Check(): what has a deadline may reach it at any time. */
inline Check(timed_out) {
  if
  :: has_deadline -> timed_out = true
  :: !expired
  fi
}

inline SleepSlice() {
  Check(timed_out);
  if
  :: timed_out
  :: else ->
     FallAsleep(SpaceWord(ring), seen, asleep);
     if
     :: !asleep
     :: has_deadline -> d_step { asleep = false; expired = true }
     fi
  fi
}

inline NoRoom() {
  if
  :: idle() -> ArmSpaceFor(first)
  :: else -> queue?<front>; ArmSpaceFor(front)
  fi
}

inline GiveUp() {
  if
  :: started ->
     accepted++;
#ifndef MUTATION_GIVE_UP_DROPS_THE_REST
     Defer()
#endif
  :: else
  fi;
#ifndef MUTATION_GIVE_UP_DOES_NOT_ASK_AGAIN
  Flush()
#endif
}

inline SendBlocking() {
  do
  :: true ->
     Flush();
     ok = false;
     if
     :: idle() -> Advance()
     :: else
     fi;
     if
     :: ok -> accepted++; break
     :: else
     fi;
     Check(timed_out);
     if
     :: timed_out -> GiveUp(); break
     :: else
     fi;
#ifndef MUTATION_BLOCKED_IS_NOT_SET
     SetBlocked(true);
#endif
#ifdef MUTATION_SEEN_AFTER_ASKING
     NoRoom();
     seen = SpaceWord(ring);
#else
     seen = SpaceWord(ring);
     NoRoom();
#endif
     if
     :: no_room ->
        SleepSlice();
        NoRoom();
        timed_out = timed_out && no_room
     :: else
     fi;
#ifndef MUTATION_BLOCKED_STAYS
     SetBlocked(false);
#endif
     if
     :: timed_out -> GiveUp(); break
     :: else
     fi
  od
}

inline OnDoorbell() {
  Drain(rung);
  Flush()
}

inline Choose(number) {
  d_step {
    started = false;
    timed_out = false;
    expired = false;
    rest = 0
  }
  if
  :: first = Record(number, false, 1)
  :: first = Record(number, false, 2)
  :: d_step { first = Record(number, true, 1); rest = Record(number, false, 2) }
  fi
}

active proctype Writer() {
  bool ok, wake, no_room;
  bool started, has_deadline, expired, timed_out;
  byte first, rest, front, seen;
  byte number = 1;

  do
  :: rung -> OnDoorbell()
  :: number <= MESSAGES ->
     Choose(number);
     number++;
     if
     :: true -> Send()
     :: true ->
        if
        :: has_deadline = false
        :: has_deadline = true
        fi;
        SendBlocking()
     fi
  :: number > MESSAGES && idle() -> break
  od;
  all_sent = true
}

/* link/link.cc, the side that reads */
inline WakeWriter() {
#ifdef MUTATION_NO_WAKE_WRITER
  skip
#else
  if
  :: control[ring].writer.blocked -> Wake(asleep)
  :: else -> Press(rung)
  fi
#endif
}

active proctype Reader() {
  bool found, wake, open;
  byte record, number, arrived;

  do
  :: all_sent && arrived == accepted -> break
  :: HasData(ring) ->
     Take(ring, found, record, wake);
     if
     :: wake -> WakeWriter()
     :: else
     fi;
     d_step {
       /* Receiver::Begin, Continues */
       assert(open -> NumberOf(record) == number : NumberOf(record) > number);
       number = NumberOf(record);
       open = GoesOn(record);
       arrived = arrived + !open
     }
  od;
  all_arrived = true
}
