#ifndef RINGWIRE_ADDON_LINK_TABLE_H_
#define RINGWIRE_ADDON_LINK_TABLE_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "link/link.h"

namespace ringwire {

class LinkWrap;

// The links of one environment. The environment and each of its wraps share
// the table, since nobody says who goes first at the end. Borrows all of them.
class LinkTable {
 public:
  // Gives the wrap the number by which JavaScript names it, until Remove().
  uint32_t Add(LinkWrap* wrap) {
    const auto free = std::find(wraps_.begin(), wraps_.end(), nullptr);
    const auto number = static_cast<uint32_t>(free - wraps_.begin());
    if (free == wraps_.end()) {
      wraps_.push_back(wrap);
    } else {
      *free = wrap;
    }
    return number;
  }

  void Remove(uint32_t number) { wraps_[number] = nullptr; }

  // Null when there is none of that number.
  [[nodiscard]] LinkWrap* At(uint32_t number) const {
    return number < wraps_.size() ? wraps_[number] : nullptr;
  }

  template <typename Function>
  void ForEach(Function function) const {
    for (LinkWrap* const wrap : wraps_) {
      if (wrap != nullptr) function(wrap);
    }
  }

  void Start(const Link* link) { loop_.links.push_back(link); }

  void Stop(const Link* link) {
    std::vector<const Link*>& started = loop_.links;
    started.erase(std::remove(started.begin(), started.end(), link),
                  started.end());
  }

  // Its started links, as they spin for the event loop.
  [[nodiscard]] LoopSpins* loop() { return &loop_; }

 private:
  std::vector<LinkWrap*> wraps_;
  LoopSpins loop_;
};

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_LINK_TABLE_H_
