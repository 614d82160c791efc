/*
 * The answer to a synchronous call: the caller sleeps in a futex until it comes by the reply lane. The
 * lane holds half of a long answer, so the callee may have to wait for room, in its event loop. The
 * callee may close the link between two messages, and die. The way of the request is left
 * to doorbell.pml and space.pml.
 *
 * Variables are cleared when they are over, since the checker tells states apart by them.
 *
 * To be shown: every call ends, with its own answer, or because the callee has gone, or at its deadline.
 * An answer that is whole in the lane counts, whatever came after. A callee that closes gets away.
 */
#define RINGS 1
#define CAPACITY 1
#ifdef MORTAL /* The callee may die at any time. To spare time, only in a single call. */
#define CALLS 1
#else
#define CALLS 2
#endif
#define lane 0

#include "ring.pml"
#include "os.pml"

mtype = { kOk, kClosed, kPeerGone, kTimeout };

chan requests = [CALLS] of { byte }; /* the numbers of calls */
bool rung; /* the callee's doorbell */
bool asleep; /* the caller, in a futex on DataWord */
bool slept_before_close;
bool calling, closed; /* SideLine: of the caller, of the callee */
bool hung_up; /* the callee's end of the socket is closed */
bool dead;
bool calls_ended;
byte published; /* the last call whose answer is whole in the lane */

ltl every_call_ends { <> calls_ended }

/* link/link.cc, the caller */

inline SetBlocked(value) {
  control[lane].reader.blocked = value
}

inline Check(timed_out) {
  if
  :: has_deadline -> timed_out = true
  :: !expired
  fi
}

/* A slice of sleep ends by itself; here only if the callee has gone, so as to hide no lost wake-up. */
inline WaitSlice() {
  d_step {
    FallAsleep(DataWord(lane), seen, asleep);
    slept_before_close = asleep && !closed
  }
  if
  :: !asleep
  :: has_deadline -> d_step { asleep = false; expired = true }
#ifndef MUTATION_NO_SLICES
  :: closed || hung_up -> asleep = false
#endif
  fi
}

inline SleepSlice() {
#ifdef MUTATION_NO_HUNG_UP
  hangs_up = false;
#else
  hangs_up = hung_up;
#endif
  if
  :: closed -> status = kClosed
  :: else ->
#ifdef MUTATION_HUNG_UP_AFTER_CLOSED
     hangs_up = hung_up;
#endif
     if
     :: hangs_up -> status = kPeerGone
     :: else ->
        Check(timed_out);
        if
        :: timed_out -> status = kTimeout
        :: else -> WaitSlice()
        fi
     fi
  fi
}

inline WaitForAnswer() {
  status = kOk;
#ifndef MUTATION_BLOCKED_IS_NOT_SET
  SetBlocked(true);
#endif
  do
  :: true ->
#ifdef MUTATION_SEEN_AFTER_ASKING
     ArmData(lane, nothing);
     seen = DataWord(lane);
#else
     seen = DataWord(lane);
     ArmData(lane, nothing);
#endif
     if
     :: nothing -> SleepSlice()
     :: else -> break
     fi;
     if
     :: status != kOk || HasData(lane) -> break
     :: else
     fi
  od;
  SetBlocked(false);
  atomic { seen = 0; nothing = false; hangs_up = false };
#ifndef MUTATION_ENDS_WITHOUT_A_LAST_LOOK
  if
  :: HasData(lane) -> status = kOk
  :: else
  fi
#endif
}

/* Receiver::Next, as far as it is about `body`, the memory of one answer; `whole`: it has come. */
inline Receive() {
  d_step {
    if
    :: !open -> body = number; abandoned = false
    :: else
    fi;
    assert(abandoned || body == number);
    open = GoesOn(record);
    whole = !open && !abandoned
  }
}

inline AwaitAnswer() {
  do
  :: true ->
     Take(lane, found, record, wake);
     if
     :: found && wake -> WakeWriter()
     :: else
     fi;
     if
     :: found ->
        Receive();
        if
#ifdef MUTATION_ANY_ANSWER_WILL_DO
        :: whole -> break
#else
        :: whole && NumberOf(record) == number -> break
#endif
        :: else -> Check(timed_out)
        fi;
        if
        :: timed_out -> status = kTimeout; break
        :: else
        fi
     :: else ->
        WaitForAnswer();
        if
        :: status != kOk -> break
        :: else
        fi
     fi
  od
}

/* A callee that closes waits for its answers to be taken: now nobody takes them. */
inline GiveUp() {
#ifndef MUTATION_NO_ABANDON
  abandoned = open; /* Receiver::Abandon */
#endif
#ifndef MUTATION_GIVES_UP_SILENTLY
  Press(rung)
#endif
}

inline WakeWriter() {
#ifdef MUTATION_NO_WAKE_WRITER
  skip
#else
  Press(rung)
#endif
}

inline Call() {
  calling = true;
  requests!number;
  Press(rung);
  status = kOk;
  AwaitAnswer();
  calling = false;
  atomic { wake = false; found = false; whole = false; timed_out = false; expired = false };
  if
  :: status != kOk -> GiveUp()
  :: else
  fi
}

active proctype Caller() {
  bool found, wake, nothing, whole;
  bool has_deadline, expired, timed_out, hangs_up;
  bool open, abandoned;
  byte record, number, body, seen;
  mtype status;

  do
  :: number < CALLS && status != kClosed && status != kPeerGone ->
     number++;
     if
     :: has_deadline = false
     :: number < CALLS -> has_deadline = true
     fi;
     Call();
     assert(status != kOk || NumberOf(record) == number);
     assert(status != kTimeout || has_deadline);
     assert(status != kPeerGone || !closed);
     assert(status != kClosed && status != kPeerGone || published != number)
  :: number > 0 -> break /* no further call */
  od;
  calls_ended = true
}

/* link/link.cc, link/sender.cc, the callee */

chan queue = [2 * CALLS] of { byte };
#define idle() (len(queue) == 0)

inline WakeReader() {
  if
  :: control[lane].reader.blocked -> Wake(asleep)
  :: else -> skip /* the caller's doorbell */
  fi
}

inline NoteWritten(record) {
  d_step {
    if
    :: !GoesOn(record) -> published = NumberOf(record)
    :: else
    fi
  }
}

inline Flush() {
  do
  :: idle() -> break
  :: else ->
     queue?<front>;
     Write(lane, front, ok, wake);
     if
     :: ok -> queue?_; NoteWritten(front)
     :: else ->
        ArmSpace(lane, RecordSize(front), no_room);
        if
        :: no_room -> break
        :: else
        fi
     fi
  od;
  if
  :: wake -> WakeReader()
  :: else
  fi;
  atomic { ok = false; wake = false; front = 0; no_room = false }
}

/* Those of a call that has given up never get out, unless there is another call. */
#define AnswersAreOut() (idle() || !calling)

/* WriteWhileRead is Flush with some spinning. */
inline Reply() {
  if
  :: queue!Record(number, false, 1)
  :: number == 1 -> d_step { queue!Record(number, true, 1); queue!Record(number, false, 1) }
  fi;
#ifdef MUTATION_NO_FLUSH_AFTER_DEFER
  if
  :: len(queue) > 1
  :: else -> Flush()
  fi
#else
  Flush()
#endif
}

/* Link::Close: the end of the link. A caller that sleeps by then learns of it at once. */
inline Close() {
  closed = true;
#ifndef MUTATION_CLOSE_DOES_NOT_WAKE
  Wake(asleep);
#endif
  assert(!(asleep && slept_before_close));
  hung_up = true
}

active proctype Callee() {
  bool ok, wake, no_room;
  byte front, number;

  {
end_asleep:
    do
    :: rung -> /* OnDoorbell */
       Drain(rung);
       Flush();
       do
       :: requests?number -> Reply()
       :: empty(requests) -> break
       od
    :: true -> break /* the application closes */
    od;
    do
    :: AnswersAreOut() -> break
    :: else -> rung; Drain(rung); Flush()
    od;
    Close()
  } unless { dead }
}

#ifdef MORTAL
active proctype Death() {
  if
  :: dead = true; hung_up = true
  :: true
  fi
}
#endif
