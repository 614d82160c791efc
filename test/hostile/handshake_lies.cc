#include <sys/epoll.h>
#include <sys/eventfd.h>

#include "lies.h"

namespace ringwire::hostile {
namespace {

constexpr uint32_t kEvents = 65536;
constexpr uint32_t kReplies = 65536;

void SendHello(int to, const Hello& hello) {
  send(to, &hello, sizeof(hello), MSG_NOSIGNAL);
}

// A hello in which one thing is wrong.
std::function<void(int)> WrongHello(const std::function<void(Hello*)>& spoil) {
  return [=](int to) {
    Hello hello = AHello(0);
    spoil(&hello);
    SendHello(to, hello);
  };
}

// The offer that somebody who asks for a link gets.
void TakeOffer(int from) {
  Offer offer{};
  if (recv(from, &offer, sizeof(offer), MSG_WAITALL) != sizeof(offer)) {
    Die("offer");
  }
}

std::function<void(int)> WrongAccept(const Accept& accept) {
  return [=](int to) {
    SendHello(to, AHello(0));
    TakeOffer(to);
    send(to, &accept, sizeof(accept), MSG_NOSIGNAL);
  };
}

// An offer as it should be, but for what spoils it.
struct Parts {
  Offer offer = AnOffer(Status::kOk);
  std::vector<int> descriptors{SealedMemory(SegmentSize(kEvents, kReplies)),
                               epoll_create1(0), eventfd(0, EFD_NONBLOCK)};
};

std::function<void(int)> WrongOffer(const std::function<void(Parts*)>& spoil) {
  return [=](int to) {
    Hello hello{};
    if (recv(to, &hello, sizeof(hello), MSG_WAITALL) != sizeof(hello)) {
      Die("hello");
    }
    Parts parts;
    parts.offer.event_capacity = kEvents;
    parts.offer.reply_capacity = kReplies;
    spoil(&parts);
    if (!SendWith(to, &parts.offer, sizeof(parts.offer), parts.descriptors)) {
      Die("offer");
    }
  };
}

}  // namespace

SocketLies HelloLies() {
  SocketLies all{
      {"another magic", WrongHello([](Hello* it) { it->magic = 0; })},
      {"another version", WrongHello([](Hello* it) { ++it->version; })},
      {"another size", WrongHello([](Hello* it) { --it->size; })},
      {"a guessed token", WrongHello([](Hello* it) { it->token[31] = 1; })},
      {"nothing wrong", WrongHello([](Hello*) {})},
      {"half a hello, and an end",
       [](int to) {
         const Hello hello = AHello(0);
         send(to, &hello, sizeof(hello) / 2, MSG_NOSIGNAL);
         shutdown(to, SHUT_WR);
       }},
      {"an accept that is none", WrongAccept({0, Status::kOk})},
      {"an accept that refuses",
       WrongAccept({kHandshakeMagic, Status::kBadHandshake})},
  };
  for (const auto& [what, descriptor] : WrongDescriptors(kEvents)) {
    all["a hello with " + what] = [=, one = descriptor](int to) {
      const Hello hello = AHello(0);
      // Where the listener takes no descriptors the kernel says so here.
      if (!SendWith(to, &hello, sizeof(hello), {one})) shutdown(to, SHUT_RDWR);
    };
  }
  return all;
}

SocketLies OfferLies() {
  SocketLies all{
      {"another magic", WrongOffer([](Parts* it) { it->offer.magic = 0; })},
      {"another size", WrongOffer([](Parts* it) { --it->offer.size; })},
      {"a verdict that is none",
       WrongOffer([](Parts* it) { it->offer.verdict = Status{1000}; })},
      {"rings of nothing",
       WrongOffer([](Parts* it) { it->offer.event_capacity = 0; })},
      {"rings of an odd size",
       WrongOffer([](Parts* it) { it->offer.event_capacity = kEvents + 8; })},
      {"rings of 2 GB",
       WrongOffer([](Parts* it) { it->offer.reply_capacity = 1U << 31; })},
      {"no descriptors",
       WrongOffer([](Parts* it) { it->descriptors.clear(); })},
      {"a descriptor too few",
       WrongOffer([](Parts* it) { it->descriptors.pop_back(); })},
      {"a descriptor too many",
       WrongOffer([](Parts* it) { it->descriptors.push_back(0); })},
      {"memory for a doorbell",
       WrongOffer([](Parts* it) { it->descriptors[1] = it->descriptors[0]; })},
      {"an end in the middle",
       [](int to) {
         const Offer offer = AnOffer(Status::kOk);
         send(to, &offer, sizeof(offer) / 2, MSG_NOSIGNAL);
         shutdown(to, SHUT_WR);
       }},
  };
  const size_t size = SegmentSize(kEvents, kReplies);
  for (const auto& [what, descriptor] : WrongDescriptors(size)) {
    all["for memory " + what] =
        WrongOffer([one = descriptor](Parts* it) { it->descriptors[0] = one; });
  }
  return all;
}

}  // namespace ringwire::hostile
