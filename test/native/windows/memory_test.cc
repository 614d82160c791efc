#include <doctest/doctest.h>

#include <atomic>
#include <string>

#include "helpers/new_sealed.h"
#include "is_wine.h"
#include "os/sealed_memory.h"
#include "os/segment.h"
#include "os/windows/hidden_page.h"
#include "os/windows/win32.h"

using namespace ringwire;  // NOLINT(google-build-using-namespace)

namespace {

constexpr size_t kSize = 65536;

// A section as a peer could make it.
Handle Section(size_t size, DWORD kind, HANDLE file = INVALID_HANDLE_VALUE) {
  Handle made(CreateFileMappingW(file, nullptr, kind, 0,
                                 static_cast<DWORD>(size), nullptr));
  REQUIRE(made.valid());
  return made;
}

std::string Refusal(const Handle& memory, size_t size = kSize) {
  SystemError error;
  CHECK_FALSE(CheckSealed(memory, size, &error));
  CHECK(error.code != 0);
  return error.call;
}

}  // namespace

TEST_CASE("section: what was made passes its check, and is the same anywhere") {
  const Handle memory = NewSealed(kSize);
  SystemError error;
  CHECK(CheckSealed(memory, kSize, &error));
  const Handle same = Restrict(memory.get(), SECTION_QUERY);
  CHECK(IsSameMemory(memory.get(), same.get()));
  CHECK_FALSE(IsSameMemory(memory.get(), NewSealed(kSize).get()));
  CHECK_FALSE(IsSameMemory(memory.get(), kNoHandle));
  CHECK_FALSE(IsSameMemory(GetCurrentProcess(), GetCurrentProcess()));
}

TEST_CASE("section: what could fail at an access is refused") {
  const Handle memory = NewSealed(kSize);
  CHECK(Refusal(memory, kSize / 2) == "segment size");
  CHECK(Refusal(memory, 2 * kSize) == "segment size");
  constexpr size_t kWhole = kSize + kHiddenSize;
  CHECK(Refusal(Section(kWhole, PAGE_READWRITE | SEC_RESERVE)) ==
        "segment pages");
  CHECK(Refusal(Section(kWhole, PAGE_READONLY)) == "segment access");
  CHECK(Refusal(Restrict(memory.get(), SECTION_QUERY | SECTION_MAP_READ)) ==
        "segment access");
  CHECK(Refusal(Handle()) == "NtQuerySection");
  const Handle event(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  CHECK(Refusal(event) == "NtQuerySection");
}

TEST_CASE("section: a file is refused") {
  wchar_t folder[MAX_PATH];
  wchar_t path[MAX_PATH];
  REQUIRE(GetTempPathW(MAX_PATH, folder) > 0);
  REQUIRE(GetTempFileNameW(folder, L"rw", 0, path) > 0);
  const HANDLE opened =
      CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                  FILE_FLAG_DELETE_ON_CLOSE, nullptr);
  REQUIRE(opened != INVALID_HANDLE_VALUE);
  const Handle file(opened);
  CHECK(Refusal(Section(kSize + kHiddenSize, PAGE_READWRITE, file.get())) ==
        "segment pages");
}

TEST_CASE("section: nobody gets more rights than were handed over") {
  const Handle memory = NewSealed(kSize);
  const Handle less = Restrict(memory.get(), SECTION_QUERY);
  REQUIRE(less.valid());
  CHECK_FALSE(Restrict(less.get(), SECTION_MAP_WRITE).valid());
  CHECK_FALSE(Restrict(memory.get(), SECTION_EXTEND_SIZE).valid());
  if (IsWine()) {
    MESSAGE("wine lets an owner do what Windows lets it not");
    return;
  }
  CHECK_FALSE(Restrict(memory.get(), WRITE_DAC).valid());
}

TEST_CASE("section: both mappings have the same bytes, without the handle") {
  Segment mine;
  Segment theirs;
  SystemError error;
  REQUIRE(Segment::Create(kSize, &mine, &error));
  const DWORD all = SECTION_QUERY | SECTION_MAP_READ | SECTION_MAP_WRITE;
  REQUIRE(Segment::Adopt(Restrict(mine.handle().get(), all), kSize, &theirs,
                         &error));
  mine.CloseHandle();
  CHECK(theirs.data()[kSize - 1] == 0);
  mine.data()[kSize - 1] = 7;
  CHECK(theirs.data()[kSize - 1] == 7);
}
