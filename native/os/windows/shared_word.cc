#include "os/shared_word.h"

#include <algorithm>

#include "os/windows/win32.h"

namespace ringwire {

// WaitOnAddress stays inside of a process, so who sleeps on a word of other
// processes looks at it again and again.

WaitResult WaitOnWord(std::atomic<uint32_t>* word, uint32_t expected,
                      uint64_t timeout_ns) {
  constexpr DWORD kPeriodMs = 1;
  const ULONGLONG start = GetTickCount64();
  const DWORD most = ToMilliseconds(timeout_ns);
  while (word->load(std::memory_order_seq_cst) == expected) {
    const ULONGLONG waited = GetTickCount64() - start;
    if (waited >= most) return WaitResult::kTimeout;
    Sleep(kPeriodMs);
  }
  return WaitResult::kWoken;
}

int WakeOnWord(std::atomic<uint32_t>* /*word*/, int /*count*/) { return 0; }

}  // namespace ringwire
