#ifndef RINGWIRE_OS_PAUSE_H_
#define RINGWIRE_OS_PAUSE_H_

namespace ringwire {

// Tells the core that this is a spin loop. A matter of the compiler and the
// processor, not of the system.
inline void Pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace ringwire

#endif  // RINGWIRE_OS_PAUSE_H_
