#include "link/incoming.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <thread>

#include "helpers/link_pair.h"
#include "helpers/payload.h"
#include "link/spin.h"

// What one end sends, the other takes: messages and results of one link.

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

using Result = Receiver::Result;

constexpr uint32_t kCapacity = kMinLinkCapacity;

Payload Text(const std::string& text) { return {text.begin(), text.end()}; }

// What is there, in the order in which it is delivered.
std::string Take(LinkEnd* end) {
  std::string order;
  while (end->Receive() == Result::kMessage) {
    const Payload head = end->Head();
    order.append(head.begin(), head.end());
    end->sink.DropBody();
    end->result_sink.DropBody();
  }
  return order;
}

void SendAll(LinkEnd* end, const std::string& order) {
  for (const char c : order) {
    const Payload head = Text(std::string(1, c));
    const bool result = c >= 'A' && c <= 'Z';
    REQUIRE((result ? end->SendResult(head) : end->Send(head)) == Status::kOk);
  }
}

// The acceptor's results, written by hand.
RingWriter Results(const LinkParts& acceptor) {
  auto* const header =
      reinterpret_cast<SegmentHeader*>(acceptor.segment.data());
  return {&header->down_result,
          acceptor.segment.data() + DownResultOffset(kCapacity, kCapacity),
          kCapacity};
}

}  // namespace

TEST_CASE("incoming: results keep their place among messages") {
  for (const std::string order :
       {"aB", "Ab", "abCdeFGh", "ABC", "abc", "aBcD"}) {
    CAPTURE(order);
    LinkPair it;
    SendAll(&it.acceptor, order);
    CHECK(Take(&it.connector) == order);
    SendAll(&it.connector, order);
    CHECK(Take(&it.acceptor) == order);
  }
}

TEST_CASE("incoming: results that have waited pass messages, in their order") {
  LinkPair it;
  SendAll(&it.acceptor, "abcXdYe");
  REQUIRE(it.connector.Receive() == Result::kMessage);
  CHECK(it.connector.Head() == Text("a"));
  Incoming& incoming = it.connector.link.incoming();
  while (!incoming.LetResultsPass(Now())) continue;
  CHECK(incoming.ResultsPass());
  // One that comes now keeps its place.
  SendAll(&it.acceptor, "Z");
  REQUIRE(it.connector.Receive() == Result::kMessage);
  CHECK(it.connector.Head() == Text("X"));
  REQUIRE(it.connector.Receive() == Result::kMessage);
  CHECK(it.connector.Head() == Text("Y"));
  CHECK_FALSE(incoming.ResultsPass());
  CHECK(Take(&it.connector) == "bcdeZ");
}

TEST_CASE("incoming: results pass until the turn that is theirs ends") {
  LinkPair it;
  SendAll(&it.acceptor, "abXYZ");
  REQUIRE(it.connector.Receive() == Result::kMessage);
  Incoming& incoming = it.connector.link.incoming();
  while (!incoming.LetResultsPass(Now())) continue;
  REQUIRE(it.connector.Receive() == Result::kMessage);
  CHECK(it.connector.Head() == Text("X"));
  incoming.EndPass();
  CHECK_FALSE(incoming.ResultsPass());
  CHECK(Take(&it.connector) == "bYZ");
}

TEST_CASE("incoming: a result that came while listeners ran passes at once") {
  LinkPair it;
  SendAll(&it.acceptor, "abX");
  constexpr uint64_t kLongNs = 5'000'000;
  Incoming& incoming = it.connector.link.incoming();
  REQUIRE(incoming.LetResultsPass(Now() - kLongNs));
  CHECK(Take(&it.connector) == "Xab");
}

TEST_CASE("incoming: nothing passes where no result waits") {
  LinkPair it;
  Incoming& incoming = it.connector.link.incoming();
  CHECK_FALSE(incoming.LetResultsPass(Now()));
  SendAll(&it.acceptor, "ab");
  CHECK_FALSE(incoming.LetResultsPass(Now()));
  CHECK(Take(&it.connector) == "ab");
}

TEST_CASE("incoming: a result waits asleep for the rest of a message") {
  LinkPair it;
  const Payload body = Numbered(3 * kCapacity, 1);
  REQUIRE(it.acceptor.Send(Text("a"), body) == Status::kOk);
  SendAll(&it.acceptor, "B");
  int sleeps = 0;
  Result taken = it.connector.Receive();
  while (taken == Result::kEmpty) {
    // However long it waits.
    CHECK_FALSE(it.connector.link.incoming().LetResultsPass(Now()));
    it.connector.link.DrainDoorbell();
    REQUIRE(it.connector.link.ArmDoorbell());
    CHECK_FALSE(it.connector.Rung());
    REQUIRE(it.acceptor.link.Flush() == Status::kOk);
    CHECK(it.connector.Rung());
    ++sleeps;
    taken = it.connector.Receive();
  }
  CHECK(sleeps > 0);
  REQUIRE(taken == Result::kMessage);
  CHECK(it.connector.Head() == Text("a"));
  CHECK(it.connector.sink.Body() == body);
  CHECK(Take(&it.connector) == "B");
}

TEST_CASE(
    "incoming: a message and a large result mix, each with its own body") {
  LinkPair it;
  const Payload body = Numbered(3 * kCapacity, 1);
  const Payload other = Numbered(1000, 2);
  REQUIRE(it.acceptor.SendResult(Text("A"), body) == Status::kOk);
  REQUIRE(it.acceptor.Send(Text("b"), other) == Status::kOk);
  // The ring of results is full, that of messages is not.
  REQUIRE(it.connector.Receive() == Result::kMessage);
  CHECK(it.connector.Head() == Text("b"));
  CHECK(it.connector.sink.Body() == other);
  while (it.connector.Receive() != Result::kMessage) {
    REQUIRE(it.acceptor.link.Flush() == Status::kOk);
  }
  CHECK(it.connector.Head() == Text("A"));
  CHECK(it.connector.result_sink.Body() == body);
}

TEST_CASE("incoming: a sleeper is woken once for a message and a result") {
  LinkPair it;
  for (const std::string order : {"aB", "Ab", "aBcDeF", "AbCdEf", "AB", "ab"}) {
    CAPTURE(order);
    REQUIRE(it.connector.link.ArmDoorbell());
    SendAll(&it.acceptor, order.substr(0, 1));
    REQUIRE(it.connector.Rung());
    it.connector.link.DrainDoorbell();
    SendAll(&it.acceptor, order.substr(1));
    CHECK_FALSE(it.connector.Rung());
    CHECK(Take(&it.connector) == order);
  }
}

TEST_CASE("incoming: who asks for either is told of what is there already") {
  for (const std::string order : {"a", "A", "aB"}) {
    CAPTURE(order);
    LinkPair it;
    SendAll(&it.acceptor, order);
    CHECK_FALSE(it.connector.link.ArmDoorbell());
    CHECK(Take(&it.connector) == order);
    CHECK(it.connector.link.ArmDoorbell());
  }
}

TEST_CASE("incoming: a sleeping reader of both rings misses no wake-up") {
  constexpr uint32_t kCount = 20'000;
  const uint32_t seed = std::random_device()();
  CAPTURE(seed);
  LinkPair it;
  std::thread sender([&it, seed] {
    std::mt19937 random(seed);
    for (uint32_t n = 0; n < kCount; ++n) {
      const Payload head = Text(std::to_string(n));
      const bool result = random() % 2 == 0;
      const Status status =
          result ? it.acceptor.SendResult(head) : it.acceptor.Send(head);
      // The reader finds out by its count.
      if (status != Status::kOk) break;
      if (random() % 4 == 0) std::this_thread::yield();
      while (!it.acceptor.link.idle() &&
             it.acceptor.link.Flush() == Status::kOk) {
        std::this_thread::yield();
      }
    }
  });
  for (uint32_t n = 0; n < kCount; ++n) {
    REQUIRE(it.connector.Await());
    const Payload head = it.connector.Head();
    // Nothing passes, so everything comes in the order in which it was sent.
    REQUIRE(std::string(head.begin(), head.end()) == std::to_string(n));
  }
  sender.join();
}

TEST_CASE("incoming: nonsense about its place delays a result, no more") {
  PartsPair parts;
  RingWriter results = Results(parts.acceptor);
  LinkEnd connector(std::move(parts.connector), kNoSpin);
  LinkEnd acceptor(std::move(parts.acceptor), kNoSpin);
  for (const uint32_t place :
       {1000000u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
    CAPTURE(place);
    bool wake = false;
    REQUIRE(results.Write({1, 0, place, 1, kRecordFirst}, ToBytes(Text("X")),
                          {}, &wake) == RingWriter::Result::kOk);
    SendAll(&acceptor, "ab");
    std::string order = Take(&connector);
    CHECK(order.size() == 3);
    CHECK(order.find('X') != std::string::npos);
    order.erase(order.find('X'), 1);
    CHECK(order == "ab");
  }
}

TEST_CASE("incoming: a corrupt result is found out, also behind messages") {
  for (const bool behind : {false, true}) {
    CAPTURE(behind);
    PartsPair parts;
    RingWriter results = Results(parts.acceptor);
    LinkEnd connector(std::move(parts.connector), kNoSpin);
    LinkEnd acceptor(std::move(parts.acceptor), kNoSpin);
    if (behind) SendAll(&acceptor, "a");
    bool wake = false;
    // The rest of what has no beginning.
    REQUIRE(results.Write({1, 9, behind ? 1u : 0u, 0, kRecordRest},
                          ToBytes(Text("X")), {},
                          &wake) == RingWriter::Result::kOk);
    if (behind) REQUIRE(connector.Receive() == Result::kMessage);
    CHECK(connector.Receive() == Result::kCorrupt);
  }
}

TEST_CASE("incoming: an impossible position of the results is corrupt") {
  PartsPair parts;
  auto* const header =
      reinterpret_cast<SegmentHeader*>(parts.acceptor.segment.data());
  LinkEnd connector(std::move(parts.connector), kNoSpin);
  header->down_result.writer.tail.store(7);
  CHECK_FALSE(connector.link.ArmDoorbell());
  CHECK(connector.Receive() == Result::kCorrupt);
}
