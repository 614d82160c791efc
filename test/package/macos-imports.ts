/** What the addon for macOS may ask for, besides Node-API; all of it is public, and there since macOS 11. */

/** Of libuv, which Node and Electron export. */
const ofUv = `
  uv_async_init uv_async_send uv_close uv_poll_init uv_poll_start uv_poll_stop uv_ref
  uv_translate_sys_error uv_unref
`;

/** System calls, and what stands for one: native/os/macos and posix. */
const ofSystem = `
  accept bind close confstr connect dladdr dlopen dlsym fcntl flock fstat fstat$INODE64 ftruncate
  getentropy geteuid getpeereid getpid getsockopt getuid kevent kqueue listen lstat lstat$INODE64
  mmap munmap nanosleep open pipe poll posix_memalign proc_pidfdinfo pthread_cpu_number_np
  pthread_create pthread_detach pthread_sigmask pthread_threadid_np read recvmsg send sendmsg
  setsockopt shm_open shm_unlink shutdown socket socketpair sysconf unlink write
`;

/** Of the C library, for the C++ library that zig links into it; the last ones are dyld's own. */
const ofLibraries = `
  _DefaultRuneLocale _Unwind_DeleteException _Unwind_GetIP _Unwind_GetLanguageSpecificData
  _Unwind_GetRegionStart _Unwind_RaiseException _Unwind_Resume _Unwind_SetGR _Unwind_SetIP __bzero
  __error __stderrp abort aligned_alloc bzero calloc clock_gettime fputc free fwrite malloc memchr
  memcmp memcpy memmove memset pthread_cond_broadcast pthread_cond_destroy pthread_cond_signal
  pthread_cond_timedwait pthread_cond_wait pthread_getspecific pthread_join pthread_key_create
  pthread_mach_thread_np pthread_mutex_destroy pthread_mutex_init pthread_mutex_lock
  pthread_mutex_trylock pthread_mutex_unlock pthread_mutexattr_destroy pthread_mutexattr_init
  pthread_mutexattr_settype pthread_self pthread_setspecific realloc sched_yield snprintf strcmp
  strerror_r strlen strncmp strtod strtof strtol strtold strtoll strtoul strtoull swprintf
  vfprintf wcslen wcstod wcstof wcstol wcstold wcstoll wcstoul wcstoull wmemchr wmemcmp
  _tlv_bootstrap dyld_stub_binder
`;

export const importsOfMacos: ReadonlySet<string> = new Set(
  [ofUv, ofSystem, ofLibraries].flatMap((names) => names.trim().split(/\s+/)),
);
