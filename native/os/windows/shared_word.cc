#include "os/shared_word.h"

#include <cstring>
#include <string>

#include "os/windows/hidden_page.h"
#include "os/windows/security.h"
#include "os/windows/win32.h"

namespace ringwire {
namespace {

// WaitOnAddress stays inside of a process. So each word on which somebody
// sleeps has two semaphores with names that all processes of the user know
// which map the memory. They vanish with the last of those who sleep.
//
// Who wants to sleep adds 1 to `sleeping`. Who wakes takes as many of these as
// it may, and adds as many to `woken`, which those who sleep take.
class WordSemaphores {
 public:
  // False: the memory has none, or the system makes none.
  bool Create(const void* word) {
    OnlyThisUser security;
    SystemError error;
    if (!FindName(word) || !security.Make(&error)) return false;
    for (auto [handle, kind] : Both()) {
      *handle = Handle(CreateSemaphoreExW(security.get(), 0, MAXLONG,
                                          (name_ + kind).c_str(), 0, kRights));
    }
    return IsWhole();
  }
  // False: nobody sleeps there.
  bool Open(const void* word) {
    if (!FindName(word)) return false;
    for (auto [handle, kind] : Both()) {
      *handle = Handle(OpenSemaphoreW(kRights, FALSE, (name_ + kind).c_str()));
    }
    return IsWhole();
  }

  void Enter() { ReleaseSemaphore(sleeping_.get(), 1, nullptr); }
  // False: somebody has woken this thread in the meantime.
  bool Leave() {
    if (WaitForSingleObject(sleeping_.get(), 0) == WAIT_OBJECT_0) return true;
    // At once, unless that process has died in between.
    constexpr DWORD kLongestMs = 100;
    Sleep(kLongestMs);
    return false;
  }
  bool Sleep(DWORD milliseconds) {
    return WaitForSingleObject(woken_.get(), milliseconds) == WAIT_OBJECT_0;
  }
  int Wake(int most) {
    int count = 0;
    while (count < most &&
           WaitForSingleObject(sleeping_.get(), 0) == WAIT_OBJECT_0) {
      ++count;
    }
    if (count > 0) ReleaseSemaphore(woken_.get(), count, nullptr);
    return count;
  }

 private:
  static constexpr DWORD kRights = SYNCHRONIZE | SEMAPHORE_MODIFY_STATE;
  struct Kind {
    Handle* handle;
    const wchar_t* name;
  };
  struct Kinds {
    Kind kinds[2];
    const Kind* begin() const { return kinds; }
    const Kind* end() const { return kinds + 2; }
  };
  Kinds Both() { return {{{&sleeping_, L"-sleeping"}, {&woken_, L"-woken"}}}; }
  bool IsWhole() const { return sleeping_.valid() && woken_.valid(); }

  bool FindName(const void* word) {
    MEMORY_BASIC_INFORMATION view{};
    if (VirtualQuery(word, &view, sizeof(view)) != sizeof(view) ||
        view.Type != MEM_MAPPED) {
      return false;
    }
    const auto* const end =
        static_cast<const uint8_t*>(view.BaseAddress) + view.RegionSize;
    const auto* const base = static_cast<const uint8_t*>(view.AllocationBase);
    const auto* const at = static_cast<const uint8_t*>(word);
    if (end - at <= static_cast<ptrdiff_t>(kHiddenSize)) return false;
    HiddenPage page;
    memcpy(&page, end - kHiddenSize, sizeof(page));
    if (page.magic != kHiddenMagic) return false;
    // Of all sessions of this user.
    name_ = L"Global\\ringwire-" + std::to_wstring(page.name) + L"-" +
            std::to_wstring(at - base);
    return true;
  }

  std::wstring name_;
  Handle sleeping_;
  Handle woken_;
};

// Where there are no semaphores: looks now and then, and nothing wakes it.
WaitResult Poll(const std::atomic<uint32_t>& word, uint32_t expected,
                DWORD milliseconds) {
  constexpr DWORD kPeriodMs = 1;
  const ULONGLONG start = GetTickCount64();
  while (word.load(std::memory_order_seq_cst) == expected) {
    if (GetTickCount64() - start >= milliseconds) return WaitResult::kTimeout;
    Sleep(kPeriodMs);
  }
  return WaitResult::kWoken;
}

}  // namespace

WaitResult WaitOnWord(std::atomic<uint32_t>* word, uint32_t expected,
                      uint64_t timeout_ns) {
  const DWORD milliseconds = ToMilliseconds(timeout_ns);
  WordSemaphores semaphores;
  if (!semaphores.Create(word)) return Poll(*word, expected, milliseconds);
  // In this order: who changes the word later finds this thread.
  semaphores.Enter();
  if (word->load(std::memory_order_seq_cst) != expected) {
    semaphores.Leave();
    return WaitResult::kWoken;
  }
  if (semaphores.Sleep(milliseconds)) return WaitResult::kWoken;
  return semaphores.Leave() ? WaitResult::kTimeout : WaitResult::kWoken;
}

int WakeOnWord(std::atomic<uint32_t>* word, int count) {
  WordSemaphores semaphores;
  return semaphores.Open(word) ? semaphores.Wake(count) : 0;
}

}  // namespace ringwire
