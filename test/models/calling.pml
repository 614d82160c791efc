/*
 * Both sides call at once, each before it has read what the other asks. A listener that is called may
 * call back. The rings are left to the other models.
 *
 * To be shown: every call ends, and fails only where the other side calls, too.
 */
mtype = { kDeadlock, kAnswered };

bool calling[2]; /* SideLine, by side */
bool in_call[2]; /* what the flag stands for */
chan requests[2] = [2] of { bit }; /* to each side's loop */
chan replies[2] = [1] of { bit }; /* to each side's blocked caller */
byte callers = 2; /* sides that have still to call */

ltl every_call_ends { <> (callers == 0) }

/* link/link.cc */

inline Look(me) {
  d_step {
    peer_calling = calling[1 - me];
    assert(!peer_calling || in_call[1 - me])
  }
}

inline Call(me, status) {
  in_call[me] = true;
#ifdef MUTATION_LOOKS_BEFORE_FLAG
  Look(me);
  calling[me] = true;
#else
  calling[me] = true;
#ifndef MUTATION_DOES_NOT_LOOK
  Look(me);
#endif
#endif
  if
  :: peer_calling -> status = kDeadlock
  :: else -> requests[1 - me]!0; replies[me]?_; status = kAnswered
  fi;
#ifndef MUTATION_FLAG_STAYS
  calling[me] = false;
#endif
  d_step { in_call[me] = false; peer_calling = false }
}

/* A side that calls once of itself; its listener may call back once. */
proctype Side(bit me) {
  bool peer_calling, calls_back, has_called;
  mtype status;

end_idle:
  do
  :: !has_called -> has_called = true; Call(me, status); callers--
  :: requests[me]?_ ->
     if
     :: !calls_back -> calls_back = true; Call(me, status); assert(status == kDeadlock)
     :: true
     fi;
     replies[1 - me]!0
  od
}

init {
  atomic { run Side(0); run Side(1) }
}
