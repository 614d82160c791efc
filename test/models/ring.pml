/*
 * native/ring: the words of a ring, and the steps of its two ends.
 *
 * A statement or d_step reads or writes one shared word at most, so the checker tries every order of
 * these accesses. Positions count units instead of bytes; a record has one or two. The model
 * that includes this file says how many RINGS there are, and how many units one holds: CAPACITY.
 */

/* WriterLine, ReaderLine, RingControl: ring/layout.h */
typedef WriterLine { byte tail; byte space_event; bool blocked };
typedef ReaderLine { byte head; byte data_event; bool blocked };
typedef RingControl { WriterLine writer; ReaderLine reader };
typedef Data { byte unit[CAPACITY] };

/* What each end keeps to itself. */
typedef RingWriter { byte tail_; byte head_; byte woken_event_; bool woke_ };
typedef RingReader { byte head_; byte tail_; byte asked_ };

RingControl control[RINGS];
Data data[RINGS];
RingWriter writer[RINGS];
RingReader reader[RINGS];

/* A record is a number, whether its message goes on in the next record, and its size in units. */
#define Record(number, goes_on, size) ((number) * 4 + (goes_on) * 2 + (size) - 1)
#define NumberOf(record) ((record) / 4)
#define GoesOn(record) (((record) / 2) % 2)
#define RecordSize(record) (1 + (record) % 2)

/* ring/position.h; positions wrap, as in C++ */
#define Distance(from, to) (((to) - (from)) & 255)
#define Passed(event, before, after) (Distance(event + 1, after) < Distance(before, after))

#define DataWord(r) control[r].writer.tail
#define SpaceWord(r) control[r].reader.head
#define Unit(r, position) data[r].unit[(position) % CAPACITY]

/* RingWriter */

#define Fits(r, size) (Distance(writer[r].head_, writer[r].tail_) + (size) <= CAPACITY)

inline HasRoom(r, size, has) {
  d_step {
    if
    :: Fits(r, size)
    :: else -> writer[r].head_ = control[r].reader.head
    fi;
#ifdef MUTATION_WRITE_WITHOUT_ROOM
    has = true;
#else
    has = Fits(r, size);
#endif
  }
}

inline CopyIn(r, record, position) {
  Unit(r, position) = record;
  if
  :: RecordSize(record) == 2 -> Unit(r, position + 1) = record
  :: else
  fi
}

inline StoreTail(r, record) {
  d_step {
    writer[r].tail_ = writer[r].tail_ + RecordSize(record);
    control[r].writer.tail = writer[r].tail_;
    /* Never more than the ring holds. */
    assert(Distance(reader[r].head_, writer[r].tail_) <= CAPACITY);
  }
}

/* `before` and `after`: where the move began, and where it ends */
inline LoadDataEvent(r, before, after, wake) {
  d_step {
    if
    :: Passed(control[r].reader.data_event, before, after) ->
       writer[r].woke_ = true;
       writer[r].woken_event_ = control[r].reader.data_event;
       wake = true
    :: else
    fi
  }
}

inline Write(r, record, written, wake) {
  HasRoom(r, RecordSize(record), written);
  if
  :: written ->
#ifdef MUTATION_PUBLISH_BEFORE_COPY
     StoreTail(r, record);
     CopyIn(r, record, writer[r].tail_ - RecordSize(record));
     LoadDataEvent(r, writer[r].tail_ - RecordSize(record), writer[r].tail_, wake)
#elif defined(MUTATION_WRITE_LOADS_FIRST)
     CopyIn(r, record, writer[r].tail_);
     LoadDataEvent(r, writer[r].tail_, writer[r].tail_ + RecordSize(record), wake);
     StoreTail(r, record)
#else
     CopyIn(r, record, writer[r].tail_);
     StoreTail(r, record);
     LoadDataEvent(r, writer[r].tail_ - RecordSize(record), writer[r].tail_, wake)
#endif
  :: else
  fi
}

inline WakeUnderWay(r, under_way) {
#ifdef MUTATION_WAKE_UNDER_WAY_FOR_EVER
  under_way = writer[r].woke_;
#else
  under_way = writer[r].woke_ && control[r].reader.data_event == writer[r].woken_event_;
#endif
}

inline StoreSpaceEvent(r, size) {
#ifdef MUTATION_SPACE_EVENT_TOO_LATE
  control[r].writer.space_event = (writer[r].tail_ + (size) - CAPACITY) & 255;
#else
  control[r].writer.space_event = (writer[r].tail_ + (size) - CAPACITY - 1) & 255;
#endif
}

inline LoadHead(r) {
  writer[r].head_ = control[r].reader.head;
}

inline ArmSpace(r, size, no_room) {
#ifdef MUTATION_ARM_SPACE_DOES_NOT_LOOK
  StoreSpaceEvent(r, size);
#elif defined(MUTATION_ARM_SPACE_LOADS_FIRST)
  LoadHead(r);
  StoreSpaceEvent(r, size);
#else
  StoreSpaceEvent(r, size);
  LoadHead(r);
#endif
  no_room = !Fits(r, size);
}

/* RingReader */

#define HasData(r) (reader[r].tail_ != reader[r].head_ || control[r].writer.tail != reader[r].head_)

inline Next(r, found, record) {
  d_step {
    if
    :: reader[r].tail_ == reader[r].head_ -> reader[r].tail_ = control[r].writer.tail
    :: else
    fi;
    found = reader[r].tail_ != reader[r].head_;
  }
  if
  :: found -> record = Unit(r, reader[r].head_)
  :: else
  fi
}

/* A writer that does not wait for room, or publishes too early, is found out here. */
inline Copy(r, record, position) {
  if
  :: RecordSize(record) == 2 -> assert(Unit(r, position + 1) == record)
  :: else
  fi
}

inline StoreHead(r, record) {
  d_step {
    reader[r].head_ = reader[r].head_ + RecordSize(record);
    control[r].reader.head = reader[r].head_;
  }
}

inline LoadSpaceEvent(r, before, after, wake) {
  wake = Passed(control[r].writer.space_event, before, after);
}

inline Release(r, record, wake) {
#ifdef MUTATION_RELEASE_LOADS_FIRST
  LoadSpaceEvent(r, reader[r].head_, reader[r].head_ + RecordSize(record), wake);
  StoreHead(r, record)
#else
  StoreHead(r, record);
  LoadSpaceEvent(r, reader[r].head_ - RecordSize(record), reader[r].head_, wake)
#endif
}

inline AskForData(r, position) {
  d_step {
    reader[r].asked_ = position;
    control[r].reader.data_event = position;
  }
}

#define GotData(r) (control[r].writer.tail != reader[r].asked_)

inline ArmData(r, nothing) {
#ifdef MUTATION_ARM_DATA_DOES_NOT_LOOK
  AskForData(r, reader[r].head_);
  nothing = true;
#else
  AskForData(r, reader[r].head_);
  nothing = !GotData(r);
#endif
}

/* Receiver::Next: what is read is freed only once it is copied out. */
inline Take(r, found, record, wake) {
  Next(r, found, record);
  if
  :: found ->
#ifdef MUTATION_RELEASE_BEFORE_COPY
     Release(r, record, wake);
     Copy(r, record, reader[r].head_ - RecordSize(record))
#else
     Copy(r, record, reader[r].head_);
     Release(r, record, wake)
#endif
  :: else
  fi
}
