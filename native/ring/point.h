#ifndef RINGWIRE_RING_POINT_H_
#define RINGWIRE_RING_POINT_H_

// A labelled step, at which a test of test/native/death stops or kills its own
// process. A macro, so that nothing at all is left of it anywhere else.
#ifdef RINGWIRE_POINTS
namespace ringwire {
// The test defines it.
void ReachPoint(const char* label);
}  // namespace ringwire
#define RINGWIRE_POINT(label) ::ringwire::ReachPoint(label)
#else
#define RINGWIRE_POINT(label) static_cast<void>(0)
#endif

#endif  // RINGWIRE_RING_POINT_H_
