/* native/os: what puts a side to sleep, and what wakes it. */

/* os/linux/shared_word.cc: the kernel compares and falls asleep in one step. */
inline Wait(word, seen, asleep) {
  FallAsleep(word, seen, asleep);
  !asleep
}

inline FallAsleep(word, seen, asleep) {
  asleep = word == seen
}

inline Wake(asleep) {
  asleep = false
}

/* os/linux/button.cc, os/linux/doorbell.cc: presses count as one until the owner drains. */
inline Press(rung) {
  rung = true
}

inline Drain(rung) {
  rung = false
}
