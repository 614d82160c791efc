#ifndef RINGWIRE_ADDON_LINUX_GLIB_H_
#define RINGWIRE_ADDON_LINUX_GLIB_H_

#include <cstddef>

namespace ringwire {

// The few declarations of glib.h that are needed. The symbols are looked up in
// the process, where Chromium has loaded them, so neither building nor loading
// the addon depends on GLib. All of it is GLib's stable ABI.
struct GSource;
using GlibFdCallback = int (*)(int descriptor, int condition, void* data);
constexpr int kGlibIn = 1;        // G_IO_IN
constexpr int kGlibError = 8;     // G_IO_ERR
constexpr int kGlibHangUp = 16;   // G_IO_HUP
constexpr int kGlibContinue = 1;  // G_SOURCE_CONTINUE

// More than GSource has on any platform (96 bytes on x64), and aligned.
constexpr size_t kGlibSourceBytes = 128;

struct GSourceFuncs {
  int (*prepare)(GSource*, int* timeout_ms);
  int (*check)(GSource*);
  int (*dispatch)(GSource*, void* callback, void* data);
  void (*finalize)(GSource*);
  void* reserved[2];
};

struct Glib {
  GSource* (*source_new)(GSourceFuncs*, unsigned bytes);
  GSource* (*unix_fd_source_new)(int descriptor, int condition);
  void (*source_set_callback)(GSource*, GlibFdCallback, void* data,
                              void* notify);
  void (*source_set_priority)(GSource*, int priority);
  void (*source_set_can_recurse)(GSource*, int can_recurse);
  unsigned (*source_attach)(GSource*, void* context);
  void (*source_destroy)(GSource*);
  void (*source_unref)(GSource*);
  // How many dispatches of sources are under way on this thread.
  int (*main_depth)();
  int (*main_context_iteration)(void* context, int may_block);
};

// Null where this process has not loaded GLib.
const Glib* LoadedGlib();

}  // namespace ringwire

#endif  // RINGWIRE_ADDON_LINUX_GLIB_H_
