/*
 * The doorbell: an event loop reads two rings, messages and results, and sleeps when both are empty.
 * The peer's loop writes them. Both rings have room for everything; space.pml is about room.
 *
 * To be shown: all that is sent is taken, and the loop sleeps in between without missing anything. A
 * result comes behind what was written before it.
 */
#define RINGS 2
#define CAPACITY 8
#ifndef RECORDS
#define RECORDS 3
#endif
#define messages 0
#define results 1

#include "ring.pml"
#include "os.pml"

bool rung; /* the reader's doorbell */
byte sent, taken; /* records of both rings */
byte messages_written; /* records */
byte written_before[RECORDS]; /* the same, when each result was sent */

ltl everything_is_taken { <> (taken == RECORDS) }

/* link/link.cc: no reader of these two rings sleeps in a futex. */
inline WakeReader() {
#ifdef MUTATION_NO_PRESS
  skip
#else
  Press(rung)
#endif
}

inline WakeLoop(other) {
  WakeUnderWay(other, under_way);
  if
  :: !under_way -> WakeReader()
  :: else
  fi
}

inline WriteMessage(goes_on) {
  d_step { sent++; messages_written++; wake = false }
  Write(messages, Record(begun, goes_on, 1), ok, wake)
}

/* The peer's loop: Send, SendResult and Flush of link/link.cc. */
active proctype Peer() {
  bool ok, wake, under_way;
  byte begun; /* messages */
  bool half; /* the last one is out in part */
  byte results_sent;

  do
  :: sent < RECORDS && !half -> /* Send */
     begun++;
     WriteMessage(false);
     if
     :: wake -> WakeLoop(results)
     :: else
     fi
  :: sent < RECORDS - 1 && !half -> /* Send, of what does not fit into one record */
     begun++;
     half = true;
     WriteMessage(true);
     if
     :: wake -> WakeLoop(results)
     :: else
     fi
  :: half ->
     half = false;
     WriteMessage(false);
     if
     :: wake -> WakeReader() /* Flush */
     :: wake -> WakeLoop(results) /* the next Send, which flushes first */
     :: else
     fi
  :: sent + half < RECORDS -> /* SendResult */
     d_step {
       written_before[results_sent] = messages_written;
       results_sent++;
       sent++;
       wake = false
     }
     Write(results, Record(begun, false, 1), ok, wake);
     if
     :: wake -> WakeLoop(messages)
     :: else
     fi
  :: sent == RECORDS -> break
  od
}

/* link/incoming.cc */

#define ReachedResult (received >= NumberOf(Unit(results, reader[results].head_)))

/* Whoever sees the result also sees the messages that were written before it. */
inline ResultIsNext(is_next) {
#ifdef MUTATION_MESSAGES_BEFORE_RESULTS
  has_message = HasData(messages);
  is_next = HasData(results);
#else
  is_next = HasData(results);
  has_message = HasData(messages);
#endif
  is_next = is_next && (!open && !has_message || ReachedResult)
}

inline TakeNext(found) {
  ResultIsNext(result);
  if
  :: result ->
     Take(results, found, record, wake);
     d_step {
       assert(found && messages_taken >= written_before[results_taken]);
       results_taken++;
       taken++
     }
  :: else ->
     Take(messages, found, record, wake);
     d_step {
       if
       :: found ->
          messages_taken++;
          taken++;
          open = GoesOn(record);
          received = received + !open
       :: else
       fi
     }
  fi
}

/* A result that waits for the rest of a message is no reason to stay awake. */
inline AskForResults() {
  if
  :: held ->
     position = control[results].writer.tail; /* RingReader::Published() */
     AskForData(results, position);
#ifdef MUTATION_HELD_RESULT_ASKS_AGAIN
     control[results].reader.data_event = reader[results].head_
#endif
  :: else -> AskForData(results, reader[results].head_)
  fi
}

inline Arm(nothing) {
  held = HasData(results);
  ResultIsNext(result);
  held = held && !result;
#ifdef MUTATION_ARM_LOOKS_FIRST
  nothing = !HasData(messages);
  nothing = nothing && (held || !HasData(results));
  AskForData(messages, reader[messages].head_);
  AskForResults()
#else
  AskForData(messages, reader[messages].head_);
#ifdef MUTATION_ARM_ASKS_ONE_BY_ONE
  nothing = !GotData(messages);
  AskForResults();
#else
  AskForResults();
  nothing = !GotData(messages);
#endif
  nothing = nothing && !GotData(results);
#ifdef MUTATION_ARM_DOES_NOT_LOOK
  nothing = true
#endif
#endif
}

inline RingSelf() {
  Press(rung)
}

/* addon/link_wrap.cc: LinkWrap, of the loop that reads. */
active proctype Loop() {
  bool found, wake, nothing;
  bool result, held, has_message;
  byte record, position;
  bool open; /* a message has come in part */
  byte received; /* whole messages */
  byte messages_taken, results_taken; /* records */
  bool any; /* in this turn */

  /* Start */
  Arm(nothing);
  if
  :: !nothing -> RingSelf()
  :: else
  fi;
  do
  :: taken == RECORDS -> break
  :: rung ->
     /* OnDoorbell */
#ifndef MUTATION_DRAIN_AFTER_PUMP
     Drain(rung);
#endif
     /* Pump */
     any = false;
     do
     :: any -> /* GoesOn says no: the turn is over */
#ifndef MUTATION_NO_RING_SELF
        RingSelf();
#endif
        break
     :: true ->
        TakeNext(found);
        if
        :: found -> any = true
        :: else ->
           /* LookAgain: SpinForMessage is a look to spare */
           Arm(nothing);
           if
           :: nothing -> break
           :: else
           fi
        fi
     od;
#ifdef MUTATION_DRAIN_AFTER_PUMP
     Drain(rung)
#endif
  od
}
