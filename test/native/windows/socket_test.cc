#include "os/socket.h"

#include <doctest/doctest.h>
