#include "os/core.h"

#include "os/windows/win32.h"

namespace ringwire {
namespace {

// Cores come in groups of at most so many.
constexpr uint32_t kGroup = 64;

}  // namespace

uint32_t CoreCount() { return GetActiveProcessorCount(ALL_PROCESSOR_GROUPS); }

std::optional<uint32_t> CurrentCore() {
  PROCESSOR_NUMBER number{};
  GetCurrentProcessorNumberEx(&number);
  return number.Group * kGroup + number.Number;
}

bool LeaveCore(uint32_t core) {
  GROUP_AFFINITY allowed{};
  if (!GetThreadGroupAffinity(GetCurrentThread(), &allowed)) return false;
  GROUP_AFFINITY others = allowed;
  if (core / kGroup == allowed.Group) {
    others.Mask &= ~(KAFFINITY{1} << core % kGroup);
  }
  if (others.Mask == 0) return false;
  if (!SetThreadGroupAffinity(GetCurrentThread(), &others, nullptr)) {
    return false;
  }
  SetThreadGroupAffinity(GetCurrentThread(), &allowed, nullptr);
  return true;
}

}  // namespace ringwire
