#include "link/link.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <random>
#include <thread>

#include "helpers/link_pair.h"
#include "helpers/payload.h"
#include "link/spin.h"
#include "os/shared_word.h"

// The connector calls and the acceptor answers, unless a test says otherwise;
// both are the same code. Where two threads take part, each owns one end.
//
// Each end has a mapping of its own, as in two processes. ThreadSanitizer does
// not know that the two are the same memory: ring_race_test.cc, where both ends
// use one mapping, is its part.

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

using Result = Receiver::Result;

constexpr uint32_t kCapacity = kMinLinkCapacity;
constexpr uint64_t kMillisecond = 1'000'000;

// Ends of parts that no Link was made of: a peer in its own words.
struct RawPeer {
  explicit RawPeer(LinkParts it) : parts(std::move(it)) {}
  SegmentHeader* header() {
    return reinterpret_cast<SegmentHeader*>(parts.segment.data());
  }
  // The ring in which the acceptor answers.
  RingWriter Answers() {
    return {&header()->down_reply,
            parts.segment.data() + DownReplyOffset(kCapacity, kCapacity),
            kCapacity};
  }
  // The ring in which the connector calls.
  RingReader Requests() {
    return {&header()->up, parts.segment.data() + UpOffset(), kCapacity};
  }
  void WaitFor(const std::atomic<uint32_t>& word) {
    while (word.load() == 0) std::this_thread::yield();
  }

  LinkParts parts;
};

struct ConnectorAndRawPeer {
  ConnectorAndRawPeer() : ConnectorAndRawPeer(PartsPair()) {}

  RawPeer peer;
  LinkEnd connector;

 private:
  explicit ConnectorAndRawPeer(PartsPair parts)
      : peer(std::move(parts.acceptor)),
        connector(std::move(parts.connector), kNoSpin) {}
};

// Sends until messages wait in memory; returns how many were sent.
uint32_t Fill(LinkEnd* end) {
  uint32_t count = 0;
  while (end->link.idle())
    REQUIRE(end->Send(Numbered(1000, count++)) == Status::kOk);
  return count;
}

// Answers every call with a body of as many bytes as the call's body says in
// its first four, until the peer closes or is gone.
void Serve(LinkEnd* end) {
  while (end->Await()) {
    if (end->sequence() == 0) continue;
    const Payload body = end->sink.Body();
    uint32_t size = 0;
    if (body.size() >= sizeof(size)) memcpy(&size, body.data(), sizeof(size));
    if (end->Reply(end->sequence(), end->Head(), Numbered(size, size)) !=
        Status::kOk) {
      return;
    }
  }
}

Payload CallFor(uint32_t answer_size, size_t size = sizeof(uint32_t)) {
  Payload body(size);
  memcpy(body.data(), &answer_size, sizeof(answer_size));
  return body;
}

}  // namespace

TEST_CASE("link: messages cross in both directions, in order") {
  LinkPair it;
  for (uint32_t i = 0; i < 20; ++i) {
    REQUIRE(it.connector.Send(Numbered(i, i), Numbered(10 * i, i)) ==
            Status::kOk);
    REQUIRE(it.acceptor.Send(Numbered(2 * i, i)) == Status::kOk);
  }
  for (uint32_t i = 0; i < 20; ++i) {
    REQUIRE(it.acceptor.Receive() == Result::kMessage);
    CHECK(it.acceptor.Head() == Numbered(i, i));
    if (i > 0) CHECK(it.acceptor.sink.Body() == Numbered(10 * i, i));
    CHECK(it.acceptor.sequence() == 0);
    REQUIRE(it.connector.Receive() == Result::kMessage);
    CHECK(it.connector.Head() == Numbered(2 * i, i));
  }
  CHECK(it.acceptor.Receive() == Result::kEmpty);
  CHECK(it.connector.Receive() == Result::kEmpty);
}

TEST_CASE("link: the doorbell rings for who asked, once") {
  LinkPair it;
  CHECK(it.acceptor.link.ArmDoorbell());
  CHECK_FALSE(it.acceptor.Rung());
  REQUIRE(it.connector.Send(Numbered(1, 1)) == Status::kOk);
  CHECK(it.acceptor.Rung());
  it.acceptor.link.DrainDoorbell();
  REQUIRE(it.connector.Send(Numbered(1, 2)) == Status::kOk);
  CHECK_FALSE(it.acceptor.Rung());
  CHECK_FALSE(it.acceptor.link.ArmDoorbell());
}

TEST_CASE("link: a side can ring its own doorbell") {
  LinkPair it;
  for (LinkEnd* end : {&it.acceptor, &it.connector}) {
    CHECK_FALSE(end->Rung());
    end->link.RingSelf();
    CHECK(end->Rung());
    end->link.DrainDoorbell();
    CHECK_FALSE(end->Rung());
  }
}

TEST_CASE("link: spinning finds what is there, and what comes") {
  LinkPair it(LinkTuning{});
  LoopSpins loop;
  REQUIRE(it.connector.Send(Numbered(1, 1)) == Status::kOk);
  CHECK(it.acceptor.link.SpinForMessage(&loop));
  REQUIRE(it.acceptor.Receive() == Result::kMessage);
  std::thread sender([&] { CHECK(it.connector.Send({}) == Status::kOk); });
  while (!it.acceptor.link.SpinForMessage(&loop)) it.acceptor.link.NoteWakeUp();
  sender.join();
  CHECK(it.acceptor.Receive() == Result::kMessage);
}

TEST_CASE("link: after a rest one of a loop's links spins in vain, once") {
  LinkPair first(LinkTuning{});
  LinkPair second(LinkTuning{});
  LoopSpins loop{{&first.acceptor.link, &second.acceptor.link}};
  const auto spins = [&](LinkPair* pair) {
    const uint64_t before = loop.vain_ns;
    CHECK_FALSE(pair->acceptor.link.SpinForMessage(&loop));
    return loop.vain_ns != before;
  };
  // Their averages are too bad for a spin.
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  for (LinkPair* const pair : {&first, &second}) {
    for (int i = 0; i < 10; ++i) pair->acceptor.link.NoteWakeUp();
    loop.vain_ns = Now();
    CHECK_FALSE(spins(pair));
  }
  loop.vain_ns = 0;
  CHECK(spins(&first));
  CHECK_FALSE(spins(&second));
}

TEST_CASE("link: without a budget spinning checks once") {
  LinkPair it;
  LoopSpins loop;
  CHECK_FALSE(it.acceptor.link.SpinForMessage(&loop));
  REQUIRE(it.connector.Send({}) == Status::kOk);
  CHECK(it.acceptor.link.SpinForMessage(&loop));
}

TEST_CASE("link: a call returns with its answer, spinning or asleep") {
  for (const LinkTuning& tuning : {kNoSpin, LinkTuning{}}) {
    LinkPair it(tuning);
    std::thread server([&] { Serve(&it.acceptor); });
    for (uint32_t i = 0; i < 2000; ++i) {
      const uint32_t size = i % 100;
      REQUIRE(it.connector.Call(Numbered(i % 50, i), CallFor(size)) ==
              Status::kOk);
      REQUIRE(it.connector.AnswerHead() == Numbered(i % 50, i));
      REQUIRE(it.connector.link.answer().body_length() == size);
      if (size > 0) {
        REQUIRE(it.connector.answer_sink.Body() == Numbered(size, size));
      }
    }
    it.connector.link.Close();
    server.join();
  }
}

TEST_CASE("link: the acceptor may call, too") {
  LinkPair it;
  std::thread server([&] { Serve(&it.connector); });
  CHECK(it.acceptor.Call(Numbered(9, 9), CallFor(70)) == Status::kOk);
  CHECK(it.acceptor.AnswerHead() == Numbered(9, 9));
  CHECK(it.acceptor.answer_sink.Body() == Numbered(70, 70));
  it.acceptor.link.Close();
  server.join();
}

TEST_CASE("link: requests and answers may be larger than their rings") {
  for (const LinkTuning& tuning : {kNoSpin, LinkTuning{}}) {
    LinkPair it(tuning);
    std::thread server([&] { Serve(&it.acceptor); });
    for (const uint32_t size :
         {kCapacity - 16, kCapacity, 3 * kCapacity + 1, 40 * kCapacity}) {
      REQUIRE(it.connector.Call(Numbered(kHeadCapacity, size),
                                CallFor(size, size)) == Status::kOk);
      REQUIRE(it.connector.AnswerHead() == Numbered(kHeadCapacity, size));
      REQUIRE(it.connector.answer_sink.Body() == Numbered(size, size));
    }
    it.connector.link.Close();
    server.join();
  }
}

TEST_CASE("link: while a caller waits, memory is made for what it foresees") {
  for (const LinkTuning& tuning : {kNoSpin, LinkTuning{}}) {
    LinkPair it(tuning);
    std::thread server([&] { Serve(&it.acceptor); });
    const uint32_t size = 1 << 20;
    const auto& prepared = it.connector.answer_sink.prepared;
    for (int i = 0; i < 2; ++i) {
      REQUIRE(it.connector.Call({}, CallFor(size, size)) == Status::kOk);
      CHECK(prepared.empty());
    }
    // The request fills its ring, so the caller has to wait.
    REQUIRE(it.connector.Call({}, CallFor(size, size)) == Status::kOk);
    CHECK(prepared == std::vector<uint32_t>{size});
    CHECK(it.connector.answer_sink.Body() == Numbered(size, size));
    // Another answer than the foreseen one.
    REQUIRE(it.connector.Call({}, CallFor(5, size)) == Status::kOk);
    CHECK(it.connector.answer_sink.Body() == Numbered(5, 5));
    CHECK(prepared.size() == 2);
    REQUIRE(it.connector.Call({}, CallFor(5, size)) == Status::kOk);
    CHECK(prepared.size() == 2);
    it.connector.link.Close();
    server.join();
  }
}

TEST_CASE("link: a call comes after everything that was sent before it") {
  LinkPair it;
  const uint32_t sent = Fill(&it.connector);
  CHECK(it.connector.link.queued_bytes() > 0);
  uint32_t before = 0;
  bool in_order = true;
  std::thread server([&] {
    while (it.acceptor.Await() && it.acceptor.sequence() == 0) {
      in_order = in_order && it.acceptor.Head() == Numbered(1000, before++);
    }
    CHECK(it.acceptor.Reply(it.acceptor.sequence(), {}) == Status::kOk);
  });
  CHECK(it.connector.Call(Numbered(1, 1)) == Status::kOk);
  server.join();
  CHECK(before == sent);
  CHECK(in_order);
  CHECK(it.connector.link.idle());
}

TEST_CASE("link: messages that come during a call wait for its end") {
  LinkPair it;
  std::thread server([&] {
    REQUIRE(it.acceptor.Await());
    for (uint32_t i = 0; i < 10; ++i) {
      CHECK(it.acceptor.Send(Numbered(5, i)) == Status::kOk);
    }
    CHECK(it.acceptor.Reply(it.acceptor.sequence(), Numbered(3, 3)) ==
          Status::kOk);
  });
  CHECK(it.connector.Call({}) == Status::kOk);
  server.join();
  CHECK(it.connector.AnswerHead() == Numbered(3, 3));
  for (uint32_t i = 0; i < 10; ++i) {
    REQUIRE(it.connector.Receive() == Result::kMessage);
    CHECK(it.connector.Head() == Numbered(5, i));
  }
}

TEST_CASE("link: a call ends at its deadline, its late answer is dropped") {
  LinkPair it;
  CHECK(it.connector.Call({}, {}, kMillisecond) == Status::kTimeout);
  CHECK(it.connector.Call({}, {}, 1) == Status::kTimeout);
  for (int i = 0; i < 2; ++i) {
    REQUIRE(it.acceptor.Receive() == Result::kMessage);
    CHECK(it.acceptor.Reply(it.acceptor.sequence(), Numbered(3, 1),
                            Numbered(9, 1)) == Status::kOk);
  }
  std::thread server([&] { Serve(&it.acceptor); });
  CHECK(it.connector.Call(Numbered(3, 2), CallFor(20)) == Status::kOk);
  CHECK(it.connector.AnswerHead() == Numbered(3, 2));
  CHECK(it.connector.answer_sink.Body() == Numbered(20, 20));
  CHECK(it.connector.answer_sink.dropped == 2);
  it.connector.link.Close();
  server.join();
}

TEST_CASE("link: a deadline beyond all time is none") {
  LinkPair it;
  std::thread server([&] { Serve(&it.acceptor); });
  CHECK(it.connector.Call({}, CallFor(5), UINT64_MAX) == Status::kOk);
  CHECK(it.connector.Call({}, CallFor(5), UINT64_MAX - 1) == Status::kOk);
  it.connector.link.Close();
  server.join();
}

TEST_CASE("link: an answer is written while its caller reads") {
  constexpr LinkTuning kPatient{60'000 * kMillisecond, 0};
  LinkPair it(kPatient);
  const Payload large = Numbered(9 * kCapacity, 1);
  std::thread server([&] {
    REQUIRE(it.acceptor.Await());
    CHECK(it.acceptor.Reply(it.acceptor.sequence(), {}, large) == Status::kOk);
    CHECK(it.acceptor.link.queued_bytes() == 0);
  });
  CHECK(it.connector.Call({}) == Status::kOk);
  server.join();
  CHECK(it.connector.answer_sink.Body() == large);
}

TEST_CASE("link: an answer that nobody reads does not wait for ever") {
  constexpr LinkTuning kImpatient{kMillisecond, 0};
  LinkPair it(kImpatient);
  const Payload large = Numbered(9 * kCapacity, 1);
  CHECK(it.acceptor.Reply(1, {}, large) == Status::kOk);
  CHECK(it.acceptor.link.queued_bytes() > 0);
}

TEST_CASE("link: an answer that stops half-way is never written on") {
  LinkPair it;
  // So many rings full that the writer meets one that is, though the caller
  // reads: it waits for no room, and nobody sends the rest for now.
  const Payload large = Numbered(256 * kCapacity, 1);
  std::thread server([&] {
    REQUIRE(it.acceptor.Await());
    CHECK(it.acceptor.Reply(it.acceptor.sequence(), {}, large) == Status::kOk);
  });
  CHECK(it.connector.Call({}, {}, 50 * kMillisecond) == Status::kTimeout);
  server.join();
  // AddressSanitizer would see a write into what is freed here.
  CHECK(it.connector.answer_sink.empty());
  std::thread second([&] {
    REQUIRE(it.acceptor.link.Flush() == Status::kOk);
    Serve(&it.acceptor);
  });
  CHECK(it.connector.Call(Numbered(2, 2), CallFor(30)) == Status::kOk);
  CHECK(it.connector.AnswerHead() == Numbered(2, 2));
  CHECK(it.connector.answer_sink.Body() == Numbered(30, 30));
  it.connector.link.Close();
  second.join();
}

TEST_CASE("link: a request that stops half-way is finished from the queue") {
  LinkPair it;
  const Payload large = Numbered(3 * kCapacity, 1);
  CHECK(it.connector.Call(Numbered(4, 4), large, kMillisecond) ==
        Status::kTimeout);
  CHECK_FALSE(it.connector.link.idle());
  it.connector.link.DrainDoorbell();
  while (it.acceptor.Receive() == Result::kEmpty) {
    REQUIRE(it.connector.Rung());
    it.connector.link.DrainDoorbell();
    REQUIRE(it.connector.link.Flush() == Status::kOk);
  }
  CHECK(it.acceptor.Head() == Numbered(4, 4));
  CHECK(it.acceptor.sink.Body() == large);
  CHECK(it.connector.link.idle());
}

TEST_CASE("link: a request that never began is not sent") {
  LinkPair it;
  const uint32_t sent = Fill(&it.connector);
  CHECK(it.connector.Call(Numbered(4, 4), {}, kMillisecond) ==
        Status::kTimeout);
  uint32_t received = 0;
  for (;;) {
    const Result result = it.acceptor.Receive();
    if (result == Result::kMessage) {
      CHECK(it.acceptor.sequence() == 0);
      ++received;
    } else if (!it.connector.link.idle()) {
      REQUIRE(it.connector.Rung());
      it.connector.link.DrainDoorbell();
      REQUIRE(it.connector.link.Flush() == Status::kOk);
    } else {
      break;
    }
  }
  CHECK(received == sent);
}

TEST_CASE("link: a peer that only sends other answers meets the deadline") {
  ConnectorAndRawPeer it;
  std::atomic<bool> over{false};
  std::thread flood([&] {
    RingWriter answers = it.peer.Answers();
    const RecordHeader header{0, 0, 0xdead, 0, kRecordFirst};
    while (!over.load()) {
      bool wake = false;
      if (answers.Write(header, {}, {}, &wake) == RingWriter::Result::kOk &&
          wake) {
        WakeOnWord(answers.DataWord(), 1);
      }
    }
  });
  CHECK(it.connector.Call({}, {}, 20 * kMillisecond) == Status::kTimeout);
  over.store(true);
  flood.join();
}

TEST_CASE("link: a peer that makes room now and then meets the deadline") {
  ConnectorAndRawPeer it;
  std::atomic<bool> over{false};
  std::atomic<int> made{0};
  // Ends by itself, so that a call that does not end is seen.
  constexpr int kMost = 2000;
  std::thread trickle([&] {
    RingReader requests = it.peer.Requests();
    RecordHeader header;
    while (!over.load() && made.load() < kMost) {
      if (requests.Next(&header) != RingReader::Result::kRecord) continue;
      if (requests.Release()) WakeOnWord(requests.SpaceWord(), 1);
      ++made;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  const Payload endless(size_t{64} << 20);
  CHECK(it.connector.Call({}, endless, 20 * kMillisecond) == Status::kTimeout);
  CHECK(made.load() < kMost / 4);
  over.store(true);
  trickle.join();
}

TEST_CASE("link: who blocks can be interrupted, wherever it waits") {
  ConnectorAndRawPeer it;
  std::atomic<bool> interrupted{false};
  it.connector.link.interrupted = [&] { return interrupted.exchange(true); };
  SUBCASE("for its answer") {}
  SUBCASE("for room") { Fill(&it.connector); }
  CHECK(it.connector.Call({}, {}) == Status::kInterrupted);
  CHECK(interrupted.load());
}

TEST_CASE("link: a body above the limit is refused when it is announced") {
  LinkPair it;
  it.acceptor.link.set_message_limit(1000);
  REQUIRE(it.connector.Send({}, Numbered(1000, 1)) == Status::kOk);
  REQUIRE(it.connector.Send({}, Numbered(1001, 1)) == Status::kOk);
  CHECK(it.acceptor.Receive() == Result::kMessage);
  CHECK(it.acceptor.Receive() == Result::kOverLimit);
  CHECK(it.acceptor.sink.allocated == 1);
}

TEST_CASE("link: two sides that would wait for each other are told at once") {
  LinkPair it;
  std::thread caller([&] {
    CHECK(it.connector.Call(Numbered(1, 1)) == Status::kOk);
    CHECK(it.connector.AnswerHead() == Numbered(2, 2));
  });
  // The request is there: the other side blocks.
  REQUIRE(it.acceptor.Await());
  const uint32_t sequence = it.acceptor.sequence();
  CHECK(it.acceptor.Call({}) == Status::kDeadlock);
  CHECK(it.acceptor.Call({}) == Status::kDeadlock);
  CHECK(it.acceptor.Reply(sequence, Numbered(2, 2)) == Status::kOk);
  caller.join();
  // And nothing of it stays.
  CHECK(it.connector.Receive() == Result::kEmpty);
  std::thread server([&] { Serve(&it.connector); });
  CHECK(it.acceptor.Call({}) == Status::kOk);
  it.acceptor.link.Close();
  server.join();
}

TEST_CASE("link: calls that start at the same time never both block") {
  LinkPair it;
  constexpr int kRounds = 2000;
  std::atomic<int> ready{0};
  std::atomic<int> deadlocks{0};
  std::atomic<int> done{0};
  const auto play = [&](LinkEnd* end) {
    for (int round = 1; round <= kRounds; ++round) {
      ready.fetch_add(1);
      while (ready.load() < 2 * round) std::this_thread::yield();
      // Whoever is first gets its answer only if the second serves it, which
      // the second does once it was told.
      const Status status = end->Call({});
      if (status == Status::kDeadlock) deadlocks.fetch_add(1);
      done.fetch_add(1);
      while (done.load() < 2 * round) {
        if (end->Receive() == Result::kMessage) {
          CHECK(end->Reply(end->sequence(), {}) == Status::kOk);
        }
      }
      CHECK((status == Status::kDeadlock || status == Status::kOk));
    }
  };
  std::thread other([&] { play(&it.acceptor); });
  play(&it.connector);
  other.join();
  MESSAGE(deadlocks.load(), " of ", 2 * kRounds, " calls were told");
  CHECK(done.load() == 2 * kRounds);
}

TEST_CASE("link: a peer that closes ends the call that waits for it") {
  LinkPair it;
  std::thread server([&] {
    CHECK(it.acceptor.Await());
    it.acceptor.link.Close();
  });
  CHECK(it.connector.Call({}) == Status::kClosed);
  server.join();
  CHECK(it.connector.Call({}) == Status::kClosed);
}

TEST_CASE("link: an answer before the end still counts") {
  LinkPair it;
  std::thread server([&] {
    CHECK(it.acceptor.Await());
    CHECK(it.acceptor.Reply(it.acceptor.sequence(), Numbered(4, 4)) ==
          Status::kOk);
    it.acceptor.link.Close();
  });
  CHECK(it.connector.Call({}) == Status::kOk);
  CHECK(it.connector.AnswerHead() == Numbered(4, 4));
  server.join();
}

TEST_CASE("link: a peer that leaves ends calls, and what waits there arrives") {
  LinkPair it;
  const Payload large = Numbered(3 * kCapacity, 1);
  REQUIRE(it.acceptor.Send({}, large) == Status::kOk);
  REQUIRE(it.acceptor.link.queued_bytes() > 0);
  std::thread leaving([&] {
    CHECK(it.acceptor.Await());
    it.acceptor.link.Leave();
  });
  CHECK(it.connector.Call({}) == Status::kClosed);
  leaving.join();
  CHECK(it.connector.Send({}) == Status::kClosed);
  while (it.connector.Receive() != Result::kMessage) {
    REQUIRE(it.acceptor.link.Flush() == Status::kOk);
  }
  CHECK(it.connector.sink.Body() == large);
  CHECK_FALSE(it.connector.link.HungUp());
  it.acceptor.link.Close();
  CHECK(it.connector.link.HungUp());
}

TEST_CASE("link: the end of a link need not wait for an answer nobody awaits") {
  PartsPair parts;
  RawPeer caller(std::move(parts.connector));
  LinkEnd acceptor(std::move(parts.acceptor), kNoSpin);
  caller.header()->connector.calling.store(1);
  CHECK(acceptor.link.AnswersOut());
  // More than the ring holds, and nobody reads.
  CHECK(acceptor.Reply(1, {}, Numbered(9 * kCapacity, 1)) == Status::kOk);
  CHECK_FALSE(acceptor.link.AnswersOut());
  caller.header()->connector.calling.store(0);
  CHECK(acceptor.link.AnswersOut());
  CHECK(acceptor.link.queued_bytes() > 0);
}

TEST_CASE("link: who gives up a call wakes the side that may wait for that") {
  LinkPair it;
  std::atomic<bool> over{false};
  it.connector.link.interrupted = [&] { return over.load(); };
  std::thread server([&] {
    // The request has rung, and nothing else will.
    CHECK(it.acceptor.Sleep());
    over.store(true);
  });
  CHECK(it.connector.Call({}) == Status::kInterrupted);
  server.join();
  CHECK(it.acceptor.Rung());
}

TEST_CASE("link: a peer that dies ends the call that waits for its answer") {
  ConnectorAndRawPeer it;
  std::thread death([&] {
    it.peer.WaitFor(it.peer.header()->down_reply.reader.blocked);
    it.peer.parts.socket.Close();
  });
  CHECK(it.connector.Call({}) == Status::kPeerGone);
  death.join();
}

TEST_CASE("link: a peer that died in a call is gone, and no deadlock") {
  for (const bool in_order : {false, true}) {
    ConnectorAndRawPeer it;
    it.peer.header()->acceptor.calling.store(1);
    CHECK(it.connector.Call({}) == Status::kDeadlock);
    if (in_order) it.peer.header()->acceptor.closed.store(1);
    it.peer.parts.socket.Close();
    CHECK(it.connector.Call({}) ==
          (in_order ? Status::kClosed : Status::kPeerGone));
  }
}

TEST_CASE(
    "link: a peer that dies or closes ends the call that waits for room") {
  for (const bool in_order : {false, true}) {
    ConnectorAndRawPeer it;
    Fill(&it.connector);
    std::thread death([&] {
      it.peer.WaitFor(it.peer.header()->up.writer.blocked);
      if (in_order) it.peer.header()->acceptor.closed.store(1);
      it.peer.parts.socket.Close();
    });
    CHECK(it.connector.Call({}) ==
          (in_order ? Status::kClosed : Status::kPeerGone));
    death.join();
  }
}

TEST_CASE("link: a stopped peer is not a dead one") {
  LinkPair it;
  CHECK_FALSE(it.connector.link.HungUp());
  CHECK(it.connector.Call({}, {}, kMillisecond) == Status::kTimeout);
  CHECK_FALSE(it.connector.link.PeerClosed());
  CHECK_FALSE(it.connector.link.HungUp());
}

TEST_CASE("link: what was sent before the end can be read after it") {
  LinkPair it;
  REQUIRE(it.connector.Send(Numbered(5, 5), Numbered(6, 6)) == Status::kOk);
  it.connector.link.Close();
  CHECK(it.acceptor.Rung());
  CHECK(it.acceptor.link.PeerClosed());
  CHECK(it.acceptor.link.HungUp());
  REQUIRE(it.acceptor.Receive() == Result::kMessage);
  CHECK(it.acceptor.Head() == Numbered(5, 5));
  CHECK(it.acceptor.sink.Body() == Numbered(6, 6));
  CHECK(it.acceptor.Receive() == Result::kEmpty);
}

TEST_CASE("link: after the end, on either side, nothing is sent") {
  LinkPair it;
  it.connector.link.Close();
  it.connector.link.Close();
  for (LinkEnd* end : {&it.connector, &it.acceptor}) {
    CHECK(end->Send({}) == Status::kClosed);
    CHECK(end->Reply(1, {}) == Status::kClosed);
    CHECK(end->Call({}) == Status::kClosed);
  }
  CHECK(it.connector.link.Flush() == Status::kClosed);
  CHECK(IsNone(it.connector.link.socket().waitable()));
}

TEST_CASE("link: what does not fit waits, and room is announced") {
  LinkPair it;
  const uint32_t sent = Fill(&it.connector) + 200;
  for (uint32_t i = sent - 200; i < sent; ++i) {
    REQUIRE(it.connector.Send(Numbered(1000, i)) == Status::kOk);
  }
  CHECK(it.connector.link.queued_bytes() > 200 * 1000);
  std::thread receiving([&] {
    for (uint32_t i = 0; i < sent; ++i) {
      REQUIRE(it.acceptor.Await());
      REQUIRE(it.acceptor.Head() == Numbered(1000, i));
    }
  });
  while (!it.connector.link.idle()) REQUIRE(it.connector.Sleep());
  receiving.join();
  CHECK(it.connector.link.queued_bytes() == 0);
}

TEST_CASE("link: the limit bounds what waits, but no answer") {
  LinkPair it;
  it.connector.link.queue_limit = 5000;
  Fill(&it.connector);
  Status status = Status::kOk;
  while (status == Status::kOk) status = it.connector.Send(Payload(1000));
  CHECK(status == Status::kQueueFull);
  CHECK(it.connector.link.queued_bytes() <= 5000);
  CHECK(it.connector.Reply(1, {}, Payload(10 * kCapacity)) == Status::kOk);
  CHECK(it.connector.Reply(2, {}, Payload(10 * kCapacity)) == Status::kOk);
  CHECK(it.connector.link.queued_bytes() > 10 * kCapacity);
}

TEST_CASE("link: a head or body beyond the limits is too large everywhere") {
  LinkPair it;
  const Payload head(kHeadCapacity + 1);
  CHECK(it.connector.Send(head) == Status::kTooLarge);
  CHECK(it.connector.Reply(1, head) == Status::kTooLarge);
  CHECK(it.connector.Call(head) == Status::kTooLarge);
  const uint8_t byte = 0;
  const Message message{{}, {&byte, uint64_t{1} << 32}, 0};
  CHECK(it.connector.link.Send(message) == Status::kTooLarge);
  CHECK(it.connector.link.Reply(message) == Status::kTooLarge);
  CHECK(it.connector.link.Call(message, 0, &it.connector.answer_sink) ==
        Status::kTooLarge);
  CHECK(it.acceptor.Receive() == Result::kEmpty);
}

TEST_CASE("link: an answer that finds no memory does not harm the next") {
  LinkPair it;
  it.connector.answer_sink.most = 100;
  std::thread server([&] { Serve(&it.acceptor); });
  CHECK(it.connector.Call({}, CallFor(3 * kCapacity)) == Status::kNoMemory);
  CHECK(it.connector.Call(Numbered(1, 1), CallFor(100)) == Status::kOk);
  CHECK(it.connector.answer_sink.Body() == Numbered(100, 100));
  CHECK(it.connector.Call({}, CallFor(101)) == Status::kNoMemory);
  CHECK(it.connector.Call({}, CallFor(0)) == Status::kOk);
  it.connector.link.Close();
  server.join();
}

TEST_CASE("link: an answer that breaks the format ends the call") {
  ConnectorAndRawPeer it;
  RingWriter answers = it.peer.Answers();
  bool wake = false;
  REQUIRE(answers.Write({0, 0, 1, 0, kRecordRest}, {}, {}, &wake) ==
          RingWriter::Result::kOk);
  CHECK(it.connector.Call({}) == Status::kCorrupt);
}

TEST_CASE("link: a peer's impossible position ends what meets it") {
  for (int i = 0; i < 4; ++i) {
    ConnectorAndRawPeer it;
    if (i < 3) Fill(&it.connector);
    it.peer.header()->up.reader.head.store(4);
    it.peer.header()->down.writer.tail.store(7);
    it.peer.header()->down_reply.writer.tail.store(7);
    switch (i) {
      case 0:
        CHECK(it.connector.Send({}) == Status::kCorrupt);
        break;
      case 1:
        CHECK(it.connector.link.Flush() == Status::kCorrupt);
        break;
      default:
        CHECK(it.connector.Call({}) == Status::kCorrupt);
        break;
    }
    CHECK(it.connector.Receive() == Result::kCorrupt);
  }
}

TEST_CASE("link: nonsense in the peer's other words does no harm") {
  const uint32_t seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  PartsPair parts;
  RawPeer peer(std::move(parts.acceptor));
  LinkEnd connector(std::move(parts.connector), kNoSpin);
  SegmentHeader* const header = peer.header();
  for (int round = 0; round < 1000; ++round) {
    header->magic = static_cast<uint32_t>(random());
    header->event_capacity = static_cast<uint32_t>(random());
    header->reply_capacity = static_cast<uint32_t>(random());
    for (RingControl* ring :
         {&header->up, &header->down, &header->up_reply, &header->down_reply,
          &header->up_result, &header->down_result}) {
      ring->reader.data_event.store(random());
      ring->reader.blocked.store(static_cast<uint32_t>(random() % 2));
      ring->writer.space_event.store(random());
      ring->writer.blocked.store(static_cast<uint32_t>(random() % 2));
    }
    // At worst a wake-up that nobody needed.
    REQUIRE(connector.Send(Numbered(30, 1)) == Status::kOk);
    REQUIRE(connector.SendResult(Numbered(30, 1)) == Status::kOk);
    header->up.reader.head.store(header->up.writer.tail.load());
    header->up_result.reader.head.store(header->up_result.writer.tail.load());
    REQUIRE(connector.Receive() == Result::kEmpty);
    connector.link.DrainDoorbell();
  }
  header->acceptor.calling.store(1);
  CHECK(connector.Call({}) == Status::kDeadlock);
}

TEST_CASE("link: calls, events and missed deadlines leave nothing asleep") {
  // The connector calls with deadlines that it often misses, in the middle of
  // large requests and answers; the acceptor answers whatever comes.
  const uint32_t seed = std::random_device()();
  CAPTURE(seed);
  for (const LinkTuning& tuning : {kNoSpin, LinkTuning{20'000, 20'000}}) {
    LinkPair it(tuning);
    std::atomic<uint32_t> events{0};
    std::thread server([&] {
      while (it.acceptor.Await()) {
        if (it.acceptor.sequence() == 0) {
          events.fetch_add(1);
          continue;
        }
        const Payload body = it.acceptor.sink.Body();
        uint32_t size = 0;
        memcpy(&size, body.data(), sizeof(size));
        CHECK(it.acceptor.Reply(it.acceptor.sequence(), it.acceptor.Head(),
                                Numbered(size, size)) == Status::kOk);
      }
    });
    std::minstd_rand random(seed);
    uint32_t sent = 0;
    int missed = 0;
    for (uint32_t i = 0; i < 1500; ++i) {
      for (uint32_t n = random() % 4; n > 0; --n, ++sent) {
        REQUIRE(it.connector.Send(Payload(random() % 3000)) == Status::kOk);
      }
      const uint32_t size =
          static_cast<uint32_t>(random() % (random() % 8 == 0 ? 200'000 : 100));
      const size_t request = 4 + random() % (random() % 8 == 0 ? 200'000 : 100);
      const uint64_t timeout =
          random() % 3 == 0 ? 0 : 1000 + random() % 200'000;
      const Status status =
          it.connector.Call(Numbered(8, i), CallFor(size, request), timeout);
      if (status == Status::kTimeout) {
        ++missed;
        continue;
      }
      REQUIRE(status == Status::kOk);
      REQUIRE(it.connector.AnswerHead() == Numbered(8, i));
      REQUIRE(it.connector.link.answer().body_length() == size);
      if (size > 0) {
        REQUIRE(it.connector.answer_sink.Body() == Numbered(size, size));
      }
    }
    // Whatever still waits goes out by doorbells alone.
    while (!it.connector.link.idle()) REQUIRE(it.connector.Sleep());
    CHECK(it.connector.Call({}, CallFor(1)) == Status::kOk);
    CHECK(events.load() == sent);
    it.connector.link.Close();
    server.join();
    MESSAGE(missed, " of 1500 deadlines missed");
  }
}
