#include <doctest/doctest.h>

#include "helpers/memory_ring.h"
#include "helpers/payload.h"
#include "ring/position.h"

// "Wake only who sleeps" loses no wake-up when, whatever the order of
//
//   the writer            the reader
//   w1  store tail        r1  store data_event
//   w2  load data_event   r2  load tail
//
// the writer decides to wake or the reader decides not to sleep. RingWriter::
// Write is w1 w2, RingReader::ArmData r1 r2. One of the two runs as it is; the
// steps of the other are done by hand around it. The same for space, with
// RingReader::Release and RingWriter::ArmSpace.

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr uint32_t kCapacity = kMinCapacity;
constexpr uint64_t kRecord = 64;  // bytes in the ring
constexpr uint64_t kPayload = kRecord - sizeof(RecordHeader);

struct BothEnds {
  MemoryRing ring{kCapacity};
  RingWriter writer{ring.Writer()};
  RingReader reader{ring.Reader()};
  uint64_t tail = 0;
  uint64_t head = 0;

  bool Write() {
    bool wake = false;
    REQUIRE(TryWrite(&wake));
    return wake;
  }
  bool TryWrite(bool* wake) {
    const Payload payload(kPayload);
    const RecordHeader header{kPayload, 0, 0, kPayload, kRecordFirst};
    if (writer.Write(header, ToBytes(payload), {}, wake) !=
        RingWriter::Result::kOk) {
      return false;
    }
    tail += kRecord;
    return true;
  }
  bool Read() {
    RecordHeader header;
    REQUIRE(reader.Next(&header) == RingReader::Result::kRecord);
    head += kRecord;
    return reader.Release();
  }
  void Fill() {
    bool wake = false;
    while (TryWrite(&wake)) continue;
    REQUIRE(tail - head == kCapacity);
  }

  // The steps by hand; what they return is whether that side noticed.
  void StoreTail() { ring.control.writer.tail.store(tail + kRecord); }
  bool LoadDataEvent() {
    return Passed(ring.control.reader.data_event.load(), tail, tail + kRecord);
  }
  void StoreDataEvent() { ring.control.reader.data_event.store(head); }
  bool LoadTail() { return ring.control.writer.tail.load() != head; }
  void StoreHead() { ring.control.reader.head.store(head + kRecord); }
  bool LoadSpaceEvent() {
    return Passed(ring.control.writer.space_event.load(), head, head + kRecord);
  }
  void StoreSpaceEvent() {
    ring.control.writer.space_event.store(tail + kRecord - kCapacity - 1);
  }
  bool LoadHead() {
    return tail + kRecord - ring.control.reader.head.load() <= kCapacity;
  }
};

// The same for rings that have been used for a while: the events of before are
// still in the shared words.
template <typename Test>
void OnUsedRings(Test test) {
  for (const int used : {0, 1, 5, 63, 64, 65, 200}) {
    CAPTURE(used);
    BothEnds it;
    for (int i = 0; i < used; ++i) {
      it.Write();
      it.Read();
    }
    // A new ring is armed: its reader has not looked yet.
    if (used == 0) {
      it.Write();
      it.Read();
    }
    test(it);
  }
}

}  // namespace

TEST_CASE("data: r1 r2 w1 w2, the writer wakes") {
  OnUsedRings([](BothEnds& it) {
    CHECK(it.reader.ArmData());
    CHECK(it.Write());
  });
}

TEST_CASE("data: w1 w2 r1 r2, the reader stays awake") {
  OnUsedRings([](BothEnds& it) {
    CHECK_FALSE(it.Write());
    CHECK_FALSE(it.reader.ArmData());
  });
}

TEST_CASE("data: w1 r1 r2 w2, the reader stays awake") {
  OnUsedRings([](BothEnds& it) {
    it.StoreTail();
    CHECK_FALSE(it.reader.ArmData());
    CHECK(it.LoadDataEvent());
  });
}

TEST_CASE("data: r1 w1 w2 r2, the writer wakes") {
  OnUsedRings([](BothEnds& it) {
    it.StoreDataEvent();
    CHECK(it.Write());
    CHECK(it.LoadTail());
  });
}

TEST_CASE("data: w1 r1 w2 r2 and r1 w1 r2 w2, both notice") {
  OnUsedRings([](BothEnds& it) {
    it.StoreTail();
    it.StoreDataEvent();
    CHECK(it.LoadDataEvent());
    CHECK(it.LoadTail());
  });
  OnUsedRings([](BothEnds& it) {
    it.StoreDataEvent();
    it.StoreTail();
    CHECK(it.LoadTail());
    CHECK(it.LoadDataEvent());
  });
}

TEST_CASE("data: only the first of many records wakes a sleeping reader") {
  OnUsedRings([](BothEnds& it) {
    CHECK(it.reader.ArmData());
    CHECK(it.Write());
    for (int i = 0; i < 10; ++i) CHECK_FALSE(it.Write());
  });
}

TEST_CASE("data: a reader that took some records asks again for the next") {
  OnUsedRings([](BothEnds& it) {
    CHECK(it.reader.ArmData());
    CHECK(it.Write());
    CHECK_FALSE(it.Write());
    it.Read();
    CHECK_FALSE(it.reader.ArmData());
    it.Read();
    CHECK(it.reader.ArmData());
    CHECK(it.Write());
  });
}

TEST_CASE("data: the first record of a new ring wakes") {
  BothEnds it;
  CHECK(it.Write());
}

TEST_CASE("space: r1 r2 w1 w2, the writer stays awake") {
  OnUsedRings([](BothEnds& it) {
    it.Fill();
    CHECK_FALSE(it.Read());
    CHECK_FALSE(it.writer.ArmSpace(kPayload));
  });
}

TEST_CASE("space: w1 w2 r1 r2, the reader wakes") {
  OnUsedRings([](BothEnds& it) {
    it.Fill();
    CHECK(it.writer.ArmSpace(kPayload));
    CHECK(it.Read());
  });
}

TEST_CASE("space: r1 w1 w2 r2, the writer stays awake") {
  OnUsedRings([](BothEnds& it) {
    it.Fill();
    it.StoreHead();
    CHECK_FALSE(it.writer.ArmSpace(kPayload));
    CHECK(it.LoadSpaceEvent());
  });
}

TEST_CASE("space: w1 r1 r2 w2, the reader wakes") {
  OnUsedRings([](BothEnds& it) {
    it.Fill();
    it.StoreSpaceEvent();
    CHECK(it.Read());
    it.head -= kRecord;
    CHECK(it.LoadHead());
  });
}

TEST_CASE("space: r1 w1 r2 w2 and w1 r1 w2 r2, both notice") {
  OnUsedRings([](BothEnds& it) {
    it.Fill();
    it.StoreHead();
    it.StoreSpaceEvent();
    CHECK(it.LoadSpaceEvent());
    CHECK(it.LoadHead());
  });
  OnUsedRings([](BothEnds& it) {
    it.Fill();
    it.StoreSpaceEvent();
    it.StoreHead();
    CHECK(it.LoadHead());
    CHECK(it.LoadSpaceEvent());
  });
}

TEST_CASE("space: a writer is woken when its record fits, not before") {
  OnUsedRings([](BothEnds& it) {
    it.Fill();
    CHECK(it.writer.ArmSpace(3 * kRecord - sizeof(RecordHeader)));
    CHECK_FALSE(it.Read());
    CHECK_FALSE(it.Read());
    CHECK(it.Read());
    CHECK_FALSE(it.Read());
    CHECK_FALSE(it.writer.ArmSpace(3 * kRecord - sizeof(RecordHeader)));
  });
}

TEST_CASE("space: a writer of more than is free after every record is woken") {
  OnUsedRings([](BothEnds& it) {
    it.Fill();
    CHECK(it.writer.ArmSpace(kCapacity - sizeof(RecordHeader)));
    uint64_t woken = 0;
    while (it.head != it.tail) woken += it.Read() ? it.head : 0;
    CHECK(woken == it.tail);
  });
}
