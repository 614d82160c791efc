#ifndef RINGWIRE_TEST_HOSTILE_LIES_H_
#define RINGWIRE_TEST_HOSTILE_LIES_H_

#include <functional>
#include <map>
#include <string>

#include "link/hand_over.h"
#include "linked.h"

namespace ringwire::hostile {

// By the names that lies.test.ts gives them. All but those that go on for ever
// return when there is no more to do.
using LinkLies = std::map<std::string, std::function<void(const Linked&)>>;
using SocketLies = std::map<std::string, std::function<void(int socket)>>;

// Of a peer with a link: about the words of the rings, with what is in them,
// and with the descriptors that it hands over.
LinkLies RingLies();
LinkLies MessageLies();
LinkLies ParcelLies();

// Of a connector in its handshake.
SocketLies HelloLies();
// Of an acceptor, to a socket that was accepted.
SocketLies OfferLies();

// What a descriptor can be, other than sealed memory of `size` bytes.
std::map<std::string, int> WrongDescriptors(size_t size);
int SealedMemory(size_t size);

// The head of a message as lib/core/message-head.ts writes it.
std::string HeadOf(int kind, const std::string& channel,
                   const std::string& payload, uint32_t id = 0);

}  // namespace ringwire::hostile

#endif  // RINGWIRE_TEST_HOSTILE_LIES_H_
