// What Debian's libstdc++ and libgcc expect of glibc, and what a newer
// libstdc++ has: with this, they serve a program that was made for musl. For
// tests only: exception tables and strings are all that it needs.
#define _GNU_SOURCE
#include <link.h>
#include <locale.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

char __libc_single_threaded = 0;
unsigned __cpu_model[4];

int __cpu_indicator_init(void) { return 0; }

uint32_t arc4random(void) {
  uint32_t value;
  getrandom(&value, sizeof(value), 0);
  return value;
}

size_t __strftime_l(char* text, size_t size, const char* format,
                    const struct tm* time, locale_t locale) {
  return strftime_l(text, size, format, time, locale);
}

// Destructors at the end of a thread: not run, as the process ends soon.
int __cxa_thread_atexit_impl(void (*destroy)(void*), void* object, void* dso) {
  (void)destroy, (void)object, (void)dso;
  return 0;
}

// <dlfcn.h> of glibc 2.35
struct dl_find_object {
  unsigned long long flags;
  void* map_start;
  void* map_end;
  struct link_map* link_map;
  void* eh_frame;
  unsigned long long reserved[7];
};

struct search {
  uintptr_t address;
  struct dl_find_object* result;
};

static int look(struct dl_phdr_info* info, size_t size, void* data) {
  (void)size;
  const struct search* search = data;
  uintptr_t begin = 0, end = 0, eh_frame = 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)* header = &info->dlpi_phdr[i];
    const uintptr_t at = info->dlpi_addr + header->p_vaddr;
    if (header->p_type == PT_GNU_EH_FRAME) eh_frame = at;
    if (header->p_type == PT_LOAD && search->address >= at &&
        search->address < at + header->p_memsz) {
      begin = at;
      end = at + header->p_memsz;
    }
  }
  if (begin == 0 || eh_frame == 0) return 0;
  memset(search->result, 0, sizeof(*search->result));
  search->result->map_start = (void*)begin;
  search->result->map_end = (void*)end;
  search->result->eh_frame = (void*)eh_frame;
  return 1;
}

int _dl_find_object(void* address, struct dl_find_object* result) {
  struct search search = {(uintptr_t)address, result};
  return dl_iterate_phdr(look, &search) ? 0 : -1;
}

// std::string::_M_replace_cold of GCC 13: `from` may lie in the string itself.
void _ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE15_M_replace_coldEPcmPKcmm(
    void* string, char* at, size_t old_length, const char* from, size_t length,
    size_t rest) {
  (void)string;
  if (length != 0 && length <= old_length) memmove(at, from, length);
  if (rest != 0 && old_length != length) {
    memmove(at + length, at + old_length, rest);
  }
  if (length <= old_length) return;
  if (from + length <= at + old_length) {
    memmove(at, from, length);
  } else if (from >= at + old_length) {
    memcpy(at, from + (length - old_length), length);
  } else {
    const size_t before = (size_t)(at + old_length - from);
    memmove(at, from, before);
    memcpy(at + before, at + length, length - before);
  }
}
