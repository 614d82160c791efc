#ifndef RINGWIRE_TEST_HOSTILE_LINKED_H_
#define RINGWIRE_TEST_HOSTILE_LINKED_H_

#include <sys/mman.h>

#include <algorithm>
#include <string>

#include "ring/layout.h"
#include "ring/position.h"
#include "wire.h"

namespace ringwire::hostile {

// A ring as a process sees it that checks nothing.
struct RawRing {
  // A record at a position; publishes nothing.
  void Put(uint64_t at, const RecordHeader& header,
           const std::string& payload = {}) const {
    Copy(at, &header, sizeof(header));
    Copy(at + sizeof(header), payload.data(), payload.size());
  }
  // A record behind those that were published, with as much of a payload as it
  // says.
  void Add(const RecordHeader& header, std::string payload = {}) const {
    payload.resize(header.piece_length);
    const uint64_t at = control->writer.tail.load();
    Put(at, header, payload);
    control->writer.tail.store(at + RecordSize(header.piece_length));
  }
  void SetTail(uint64_t tail) const { control->writer.tail.store(tail); }
  void SetHead(uint64_t head) const { control->reader.head.store(head); }
  // Until the other side has taken all that was published.
  void AwaitRead() const {
    const uint64_t tail = control->writer.tail.load();
    while (control->reader.head.load() != tail) usleep(100);
  }
  // Until the other side waits for room.
  void AwaitFull() const {
    while (control->writer.space_event.load() == 0) usleep(100);
  }

  RingControl* control;
  uint8_t* data;
  uint32_t capacity;

 private:
  void Copy(uint64_t at, const void* bytes, size_t size) const {
    for (size_t i = 0; i < size; ++i) {
      data[(at + i) % capacity] = static_cast<const uint8_t*>(bytes)[i];
    }
  }
};

// A finished handshake, in the words of a connector that wrote them itself.
class Linked {
 public:
  explicit Linked(const std::string& address, bool slowly = false)
      : socket(Connect(address)), slowly_(slowly) {
    const Hello hello = AHello(0);
    Send(&hello, sizeof(hello));
    Offer offer{};
    iovec data{&offer, sizeof(offer)};
    alignas(cmsghdr) char control[CMSG_SPACE(3 * sizeof(int))]{};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    if (recvmsg(socket, &message, MSG_WAITALL) != sizeof(offer)) Die("offer");
    memcpy(handles_, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(handles_));
    events_ = offer.event_capacity;
    replies_ = offer.reply_capacity;
    void* const mapped =
        mmap(nullptr, SegmentSize(events_, replies_), PROT_READ | PROT_WRITE,
             MAP_SHARED, handles_[0], 0);
    if (mapped == MAP_FAILED) Die("mmap");
    data_ = static_cast<uint8_t*>(mapped);
  }

  void Accept() const {
    const ringwire::Accept accept{kHandshakeMagic, Status::kOk};
    Send(&accept, sizeof(accept));
  }
  void Press() const {
    const uint64_t one = 1;
    if (write(handles_[2], &one, sizeof(one)) < 0) Die("press");
  }

  SegmentHeader* header() const {
    return reinterpret_cast<SegmentHeader*>(data_);
  }
  RawRing up() const { return {&header()->up, data_ + UpOffset(), events_}; }
  RawRing down() const {
    return {&header()->down, data_ + DownOffset(events_), events_};
  }
  RawRing up_reply() const {
    return {&header()->up_reply, data_ + UpReplyOffset(events_), replies_};
  }
  RawRing down_reply() const {
    return {&header()->down_reply, data_ + DownReplyOffset(events_, replies_),
            replies_};
  }
  RawRing up_result() const {
    return {&header()->up_result, data_ + UpResultOffset(events_, replies_),
            events_};
  }

  const int socket;

 private:
  void Send(const void* bytes, size_t size) const {
    if (slowly_) {
      SendSlowly(socket, bytes, size);
    } else if (write(socket, bytes, size) != static_cast<ssize_t>(size)) {
      Die("send");
    }
  }

  const bool slowly_;
  int handles_[3];
  uint32_t events_;
  uint32_t replies_;
  uint8_t* data_;
};

}  // namespace ringwire::hostile

#endif  // RINGWIRE_TEST_HOSTILE_LINKED_H_
