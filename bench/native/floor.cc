// The least that a call between two processes can cost on this machine: shared
// memory and nothing else. Prints JSON; all times in microseconds.
//
//   spin    one word there and back, both sides looking all the time
//   futex   the same, both sides asleep until they are woken
//   memcpy  bytes copied into memory that is there already, once; both places
//           in the caches, as far as they fit
//
// Parent and child share one anonymous mapping. Ends with its parent.

#include <linux/futex.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

namespace {

struct Shared {
  alignas(128) std::atomic<uint32_t> ping;
  alignas(128) std::atomic<uint32_t> pong;
};

constexpr uint32_t kStop = UINT32_MAX;

double Now() {
  using std::chrono::steady_clock;
  const auto time = steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::micro>(time).count();
}

void Wake(std::atomic<uint32_t>* word) {
  syscall(SYS_futex, word, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

uint32_t Await(std::atomic<uint32_t>* word, uint32_t old, bool asleep) {
  for (;;) {
    const uint32_t value = word->load(std::memory_order_acquire);
    if (value != old) return value;
    if (asleep) {
      syscall(SYS_futex, word, FUTEX_WAIT, old, nullptr, nullptr, 0);
    }
  }
}

[[noreturn]] void Answer(Shared* shared, bool asleep) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (uint32_t seen = 0;;) {
    seen = Await(&shared->ping, seen, asleep);
    if (seen == kStop) _exit(0);
    shared->pong.store(seen, std::memory_order_release);
    if (asleep) Wake(&shared->pong);
  }
}

double Median(std::vector<double>* values) {
  const auto middle =
      values->begin() + static_cast<std::ptrdiff_t>(values->size() / 2);
  std::nth_element(values->begin(), middle, values->end());
  return *middle;
}

double RoundTrip(bool asleep, uint32_t count) {
  void* const memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED) return -1;
  auto* const shared = new (memory) Shared{};
  if (fork() == 0) Answer(shared, asleep);
  std::vector<double> times;
  for (uint32_t i = 1; i <= count; i++) {
    const double start = Now();
    shared->ping.store(i, std::memory_order_release);
    if (asleep) Wake(&shared->ping);
    Await(&shared->pong, i - 1, asleep);
    times.push_back(Now() - start);
  }
  shared->ping.store(kStop, std::memory_order_release);
  Wake(&shared->ping);
  munmap(memory, sizeof(Shared));
  return Median(&times);
}

// Pages that are there and, as those of rings and large ArrayBuffers, begin
// where a page begins. Where the two places lie matters more than anything
// else: with the destination 1 to 31 bytes above the source (modulo a page),
// as two blocks of malloc in a row are, the `rep movsb` of glibc's memcpy takes
// up to 20 times as long on AMD's Zen 3 and 4
// (https://sourceware.org/bugzilla/show_bug.cgi?id=30994).
char* Pages(size_t bytes) {
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<char*>(memory);
}

double Copy(size_t bytes) {
  char* const from = Pages(bytes);
  char* const to = Pages(bytes);
  if (from == nullptr || to == nullptr) return -1;
  std::vector<double> times;
  const size_t count = std::max<size_t>(20, (size_t{256} << 20) / bytes);
  for (size_t i = 0; i < std::min<size_t>(count, 2000); i++) {
    from[i % bytes]++;
    const double start = Now();
    std::memcpy(to, from, bytes);
    // What nobody reads a compiler need not copy.
    asm volatile("" : : "r"(to) : "memory");
    times.push_back(Now() - start);
  }
  munmap(from, bytes);
  munmap(to, bytes);
  return Median(&times);
}

}  // namespace

int main() {
  std::printf("{\"spin\": %.3f, ", RoundTrip(false, 200000));
  std::printf("\"futex\": %.3f, ", RoundTrip(true, 20000));
  std::printf("\"memcpy\": {\"65536\": %.3f, ", Copy(size_t{64} << 10));
  std::printf("\"1048576\": %.3f, ", Copy(size_t{1} << 20));
  std::printf("\"16777216\": %.3f}}\n", Copy(size_t{16} << 20));
  return 0;
}
