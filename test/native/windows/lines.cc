#include <fcntl.h>
#include <io.h>

#include <cstdio>

namespace {

// CMake reads the names of the tests from what this program prints, and takes
// a carriage return for a part of the name.
[[maybe_unused]] const int before = _setmode(_fileno(stdout), _O_BINARY);

}  // namespace
