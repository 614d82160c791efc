#ifndef RINGWIRE_OS_MEMORY_H_
#define RINGWIRE_OS_MEMORY_H_

#include <cstddef>

namespace ringwire {

// Tells the system that large pages suit this memory, of this process alone.
// Makes none.
void PreferLargePages(void* data, size_t size);

// Tells the system that all of this memory, of this process alone, is about to
// be written: it then makes its pages at once, instead of one fault
// after another. Changes no byte; without effect on small areas
// and where the system does not know the request.
void ExpectWrites(void* data, size_t size);

}  // namespace ringwire

#endif  // RINGWIRE_OS_MEMORY_H_
