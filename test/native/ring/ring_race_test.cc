#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "helpers/memory_ring.h"
#include "helpers/payload.h"
#include "os/shared_word.h"

// Two threads on one ring, as two processes use it. ThreadSanitizer sees every
// access of both, which it could not do between processes. A lost wake-up
// hangs, and ctest's limit ends it.

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint32_t kRecords = 200'000;
constexpr uint32_t kMostPayload = 500;
constexpr uint64_t kForEver = uint64_t{3600} * 1'000'000'000;

uint32_t Checksum(const uint8_t* bytes, size_t size) {
  uint32_t sum = 2166136261u;
  for (size_t i = 0; i < size; ++i) sum = (sum ^ bytes[i]) * 16777619u;
  return sum;
}

// How the two sides pass the time.
struct Spinning {
  static void ForSpace(RingWriter* /*writer*/, uint64_t /*payload*/) {
    std::this_thread::yield();
  }
  static void ForData(RingReader* /*reader*/) { std::this_thread::yield(); }
  static void Woken(bool /*asked*/, std::atomic<uint32_t>* /*word*/) {}
};

// As Link does: the futex is told to wake only when the other side asked.
struct Sleeping {
  static void ForSpace(RingWriter* writer, uint64_t payload) {
    std::atomic<uint32_t>* const word = writer->SpaceWord();
    const uint32_t seen = word->load(std::memory_order_acquire);
    if (writer->ArmSpace(payload)) WaitOnWord(word, seen, kForEver);
  }
  static void ForData(RingReader* reader) {
    std::atomic<uint32_t>* const word = reader->DataWord();
    const uint32_t seen = word->load(std::memory_order_acquire);
    if (reader->ArmData()) WaitOnWord(word, seen, kForEver);
  }
  static void Woken(bool asked, std::atomic<uint32_t>* word) {
    if (asked) WakeOnWord(word, 1);
  }
};

template <typename Waiting>
void WriteAll(RingWriter writer, uint32_t seed) {
  std::minstd_rand random(seed);
  for (uint32_t i = 1; i <= kRecords; ++i) {
    const Payload payload = Numbered(random() % kMostPayload, i);
    RecordHeader header{};
    header.piece_length = static_cast<uint32_t>(payload.size());
    header.body_length = Checksum(payload.data(), payload.size());
    header.sequence = i;
    bool asked = false;
    while (writer.Write(header, ToBytes(payload), {}, &asked) !=
           RingWriter::Result::kOk) {
      Waiting::ForSpace(&writer, payload.size());
    }
    Waiting::Woken(asked, writer.DataWord());
  }
}

// Returns how many records came in order and unharmed.
template <typename Waiting>
uint32_t ReadAll(RingReader reader) {
  std::vector<uint8_t> payload(kMostPayload);
  for (uint32_t i = 1; i <= kRecords; ++i) {
    RecordHeader header;
    RingReader::Result result = reader.Next(&header);
    while (result == RingReader::Result::kEmpty) {
      Waiting::ForData(&reader);
      result = reader.Next(&header);
    }
    if (result != RingReader::Result::kRecord || header.sequence != i ||
        header.piece_length > kMostPayload) {
      return i - 1;
    }
    reader.Copy(0, payload.data(), header.piece_length);
    if (Checksum(payload.data(), header.piece_length) != header.body_length) {
      return i - 1;
    }
    Waiting::Woken(reader.Release(), reader.SpaceWord());
  }
  return kRecords;
}

template <typename Waiting>
void Race() {
  const uint32_t seed = std::random_device()();
  CAPTURE(seed);
  // Shared, so that a writer who waits for ever after a failure may do so.
  const auto ring = std::make_shared<MemoryRing>(kMinCapacity);
  std::thread writing(
      [ring, seed] { WriteAll<Waiting>(ring->Writer(), seed); });
  const uint32_t good = ReadAll<Waiting>(ring->Reader());
  if (good == kRecords) {
    writing.join();
  } else {
    writing.detach();
  }
  CHECK(good == kRecords);
}

}  // namespace

TEST_CASE("race: both sides spin") { Race<Spinning>(); }

TEST_CASE("race: both sides sleep") { Race<Sleeping>(); }

TEST_CASE("race: every record through a ring that holds one") {
  // Each side waits for the other after every record.
  constexpr uint32_t kTurns = 20'000;
  MemoryRing ring(kMinCapacity);
  std::thread writing([writer = ring.Writer()]() mutable {
    const Payload payload(kMinCapacity - sizeof(RecordHeader));
    for (uint32_t i = 0; i < kTurns; ++i) {
      RecordHeader header{};
      header.piece_length = static_cast<uint32_t>(payload.size());
      header.sequence = i;
      bool asked = false;
      while (writer.Write(header, ToBytes(payload), {}, &asked) !=
             RingWriter::Result::kOk) {
        Sleeping::ForSpace(&writer, payload.size());
      }
      Sleeping::Woken(asked, writer.DataWord());
    }
  });
  RingReader reader = ring.Reader();
  bool in_order = true;
  for (uint32_t i = 0; i < kTurns; ++i) {
    RecordHeader header;
    while (reader.Next(&header) != RingReader::Result::kRecord) {
      Sleeping::ForData(&reader);
    }
    in_order = in_order && header.sequence == i;
    Sleeping::Woken(reader.Release(), reader.SpaceWord());
  }
  writing.join();
  CHECK(in_order);
}
