#include "os/sealed_memory.h"

#include <cstring>
#include <utility>

#include "os/random.h"
#include "os/windows/hidden_page.h"
#include "os/windows/security.h"
#include "os/windows/win32.h"

// ntdll exports them, the documented headers lack them.
extern "C" {
NTSYSAPI LONG NTAPI NtQuerySection(HANDLE section, int what, void* information,
                                   SIZE_T size, SIZE_T* length);
NTSYSAPI LONG NTAPI NtCompareObjects(HANDLE one, HANDLE other);
}

// A section that the paging file backs. Its size is fixed and all of it is
// committed when it is made, and no view of it can be taken back page by page:
// so nothing has to be sealed. What a peer made is another matter.

namespace ringwire {
namespace {

struct SectionInformation {
  void* base;
  ULONG attributes;
  LARGE_INTEGER size;
};
constexpr int kSectionBasicInformation = 0;

constexpr DWORD kRights = SECTION_MAP_READ | SECTION_MAP_WRITE | SECTION_QUERY;
// A file may fail, what is reserved only may have no page at an access, and the
// rest are no ordinary pages.
constexpr ULONG kForbidden = SEC_FILE | SEC_IMAGE | SEC_RESERVE | SEC_NOCACHE |
                             SEC_WRITECOMBINE | SEC_LARGE_PAGES;

bool Query(NativeHandle section, SectionInformation* information) {
  return NtQuerySection(section, kSectionBasicInformation, information,
                        sizeof(*information), nullptr) >= 0;
}

// No information says whether its pages may be written.
bool CanBeWritten(NativeHandle section) {
  constexpr size_t kProbe = 4096;
  void* const view =
      MapViewOfFile(section, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, kProbe);
  return view != nullptr && UnmapViewOfFile(view);
}

bool WriteHiddenPage(const Handle& section, size_t size, SystemError* error) {
  // Where a view may begin.
  constexpr size_t kGranularity = 65536;
  ULARGE_INTEGER start{};
  start.QuadPart = size / kGranularity * kGranularity;
  const auto before = static_cast<size_t>(size - start.QuadPart);
  HiddenPage page{kHiddenMagic, 0};
  if (!FillRandom(&page.name, sizeof(page.name), error)) return false;
  void* const view =
      MapViewOfFile(section.get(), FILE_MAP_WRITE, start.HighPart,
                    start.LowPart, before + kHiddenSize);
  if (view == nullptr) return Fail("MapViewOfFile", error);
  memcpy(static_cast<uint8_t*>(view) + before, &page, sizeof(page));
  UnmapViewOfFile(view);
  return true;
}

}  // namespace

bool CreateSealed(size_t size, Handle* handle, SystemError* error) {
  ULARGE_INTEGER whole{};
  whole.QuadPart = size + kHiddenSize;
  NobodyMayOpen security;
  const Handle made(CreateFileMappingW(INVALID_HANDLE_VALUE, security.get(),
                                       PAGE_READWRITE | SEC_COMMIT,
                                       whole.HighPart, whole.LowPart, nullptr));
  if (!made.valid()) return Fail("CreateFileMapping", error);
  Handle restricted = Restrict(made.get(), kRights);
  if (!restricted.valid()) return Fail("DuplicateHandle", error);
  if (!WriteHiddenPage(restricted, size, error)) return false;
  *handle = std::move(restricted);
  return true;
}

bool CheckSealed(const Handle& handle, size_t size, SystemError* error) {
  SectionInformation section{};
  if (!Query(handle.get(), &section)) {
    *error = {"NtQuerySection", ERROR_INVALID_HANDLE};
    return false;
  }
  if ((section.attributes & SEC_COMMIT) == 0 ||
      (section.attributes & kForbidden) != 0) {
    *error = {"segment pages", ERROR_INVALID_PARAMETER};
    return false;
  }
  if (static_cast<uint64_t>(section.size.QuadPart) != size + kHiddenSize) {
    *error = {"segment size", ERROR_INVALID_PARAMETER};
    return false;
  }
  if (!CanBeWritten(handle.get())) {
    *error = {"segment access", static_cast<int>(GetLastError())};
    return false;
  }
  return true;
}

bool IsSameMemory(NativeHandle one, NativeHandle other) {
  SectionInformation section{};
  return Query(one, &section) && NtCompareObjects(one, other) == 0;
}

}  // namespace ringwire
