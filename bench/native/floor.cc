// The least that a call between two processes can cost on this machine: shared
// memory and nothing else. Prints JSON; all times in microseconds.
//
//   spin    one word there and back, both sides spinning
//   futex   the same, both sides asleep until they are woken
//   stream  one word of many, through a ring from one process to the other
//   memcpy  bytes copied into memory that is there already, once; both places
//           in the caches, as far as they fit
//   echo    bytes there and back, through a ring that both sides copy in and
//           out of at the same time, into memory that is there already
//   pages   new memory for so many bytes, made as native/os/linux/memory.cc has
//           it made for what arrives
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

// Each side has a pair of cache lines of its own, as in the rings of ringwire.
struct Ring {
  static constexpr uint64_t kSlots = 4096;
  alignas(128) std::atomic<uint64_t> tail;
  alignas(128) std::atomic<uint64_t> head;
  alignas(128) uint64_t slots[kSlots];
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

// Pages that are there and, as those of rings and large ArrayBuffers, begin
// where a page begins. Where two places lie matters more to a copy than
// anything else: with the destination 1 to 31 bytes above the source (modulo a
// page), as two blocks of malloc in a row are, the `rep movsb` of glibc's
// memcpy takes up to 20 times as long on AMD's Zen 3 and 4
// (https://sourceware.org/bugzilla/show_bug.cgi?id=30994).
void* Pages(size_t bytes) {
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  return memory == MAP_FAILED ? nullptr : memory;
}

double RoundTrip(bool asleep, uint32_t count) {
  void* const memory = Pages(sizeof(Shared));
  if (memory == nullptr) return -1;
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

// Takes the words 0, 1, 2, ... and ends with the last one.
[[noreturn]] void Take(Ring* ring, uint64_t count) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (uint64_t head = 0; head < count;) {
    const uint64_t tail = ring->tail.load(std::memory_order_acquire);
    for (; head < tail; head++) {
      if (ring->slots[head % Ring::kSlots] != head) _exit(1);
      ring->head.store(head + 1, std::memory_order_release);
    }
  }
  _exit(0);
}

double StreamOnce(uint64_t count) {
  void* const memory = Pages(sizeof(Ring));
  if (memory == nullptr) return -1;
  auto* const ring = new (memory) Ring{};
  if (fork() == 0) Take(ring, count);
  const double start = Now();
  uint64_t head = 0;
  for (uint64_t tail = 0; tail < count; tail++) {
    while (tail - head == Ring::kSlots) {
      head = ring->head.load(std::memory_order_acquire);
    }
    ring->slots[tail % Ring::kSlots] = tail;
    ring->tail.store(tail + 1, std::memory_order_release);
  }
  while (head < count) head = ring->head.load(std::memory_order_acquire);
  const double time = (Now() - start) / static_cast<double>(count);
  munmap(memory, sizeof(Ring));
  return time;
}

double Stream() {
  std::vector<double> times(15);
  for (double& time : times) time = StreamOnce(1'000'000);
  return Median(&times);
}

double Copy(size_t bytes) {
  char* const from = static_cast<char*>(Pages(bytes));
  char* const to = static_cast<char*>(Pages(bytes));
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

double NewPages(size_t bytes) {
  constexpr int kPopulateWrite = 23;  // Linux 5.14; older ones make each page
  constexpr size_t kPage = 4096;      // when it is written to
  constexpr size_t kHugePage = size_t{2} << 20;
  std::vector<double> times;
  for (int i = 0; i < 100; i++) {
    const double start = Now();
    void* const memory =
        mmap(nullptr, bytes + kHugePage, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return -1;
    const auto address = reinterpret_cast<uintptr_t>(memory);
    char* const data =
        static_cast<char*>(memory) + (kHugePage - address % kHugePage);
    if (bytes > 2 * kHugePage) madvise(data, bytes, MADV_HUGEPAGE);
    madvise(data, bytes, kPopulateWrite);
    for (size_t at = 0; at < bytes; at += kPage) data[at] = 1;
    times.push_back(Now() - start);
    munmap(memory, bytes + kHugePage);
  }
  return Median(&times);
}

// Bytes on their way, as in a ring of ringwire: four places, each for a piece.
struct Pieces {
  static constexpr size_t kSize = size_t{64} << 10;
  static constexpr uint64_t kPlaces = 4;
  alignas(128) std::atomic<uint64_t> written;
  alignas(128) std::atomic<uint64_t> read;
  alignas(4096) char data[kPlaces][kSize];
};

// Copies `bytes` in, piece after piece, while the other side copies them out.
void CopyIn(Pieces* pieces, const char* from, size_t bytes) {
  uint64_t written = pieces->written.load(std::memory_order_relaxed);
  for (size_t at = 0; at < bytes; at += Pieces::kSize) {
    while (written - pieces->read.load(std::memory_order_acquire) ==
           Pieces::kPlaces) {
    }
    std::memcpy(pieces->data[written % Pieces::kPlaces], from + at,
                Pieces::kSize);
    pieces->written.store(++written, std::memory_order_release);
  }
}

void CopyOut(Pieces* pieces, char* to, size_t bytes) {
  uint64_t read = pieces->read.load(std::memory_order_relaxed);
  for (size_t at = 0; at < bytes; at += Pieces::kSize) {
    while (pieces->written.load(std::memory_order_acquire) == read) {
    }
    std::memcpy(to + at, pieces->data[read % Pieces::kPlaces], Pieces::kSize);
    pieces->read.store(++read, std::memory_order_release);
  }
}

[[noreturn]] void EchoAll(Pieces* there, Pieces* back, char* received,
                          size_t bytes, size_t count) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (size_t i = 0; i < count; i++) {
    CopyOut(there, received, bytes);
    CopyIn(back, received, bytes);
  }
  _exit(0);
}

double Echo(size_t bytes) {
  void* const rings = Pages(2 * sizeof(Pieces));
  char* const sent = static_cast<char*>(Pages(bytes));
  char* const received = static_cast<char*>(Pages(bytes));
  if (rings == nullptr || sent == nullptr || received == nullptr) return -1;
  auto* const there = new (rings) Pieces{};
  auto* const back = new (there + 1) Pieces{};
  const size_t count = std::clamp<size_t>((size_t{1} << 30) / bytes, 50, 2000);
  if (fork() == 0) EchoAll(there, back, received, bytes, count);
  std::vector<double> times;
  for (size_t i = 0; i < count; i++) {
    std::memset(sent, static_cast<int>(i), bytes);
    const double start = Now();
    CopyIn(there, sent, bytes);
    CopyOut(back, sent, bytes);
    times.push_back(Now() - start);
  }
  munmap(rings, 2 * sizeof(Pieces));
  munmap(sent, bytes);
  munmap(received, bytes);
  return Median(&times);
}

void PrintSizes(const char* name, double (*measure)(size_t bytes)) {
  std::printf("\"%s\": {\"65536\": %.3f, ", name, measure(size_t{64} << 10));
  std::printf("\"1048576\": %.3f, ", measure(size_t{1} << 20));
  std::printf("\"16777216\": %.3f}", measure(size_t{16} << 20));
}

}  // namespace

int main() {
  std::printf("{\"spin\": %.3f, ", RoundTrip(false, 200000));
  std::printf("\"futex\": %.3f, ", RoundTrip(true, 20000));
  std::printf("\"stream\": %.4f, ", Stream());
  PrintSizes("memcpy", Copy);
  std::printf(", ");
  PrintSizes("echo", Echo);
  std::printf(", ");
  PrintSizes("pages", NewPages);
  std::printf("}\n");
  return 0;
}
