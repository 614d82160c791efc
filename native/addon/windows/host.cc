// What the addon calls in the process that loads it: Node's own interfaces. An
// import table would name the file that has them, and that is node.exe,
// electron.exe, or whatever an application calls it. So the pointers through
// which such calls go are defined here, and filled when the addon is loaded.

#include "os/windows/win32.h"

// All of them. The linker names one that is missing.
#define RINGWIRE_HOST_FUNCTIONS(F)     \
  F(napi_add_async_cleanup_hook)       \
  F(napi_add_finalizer)                \
  F(napi_call_function)                \
  F(napi_close_escapable_handle_scope) \
  F(napi_close_handle_scope)           \
  F(napi_coerce_to_bool)               \
  F(napi_coerce_to_number)             \
  F(napi_create_arraybuffer)           \
  F(napi_create_double)                \
  F(napi_create_error)                 \
  F(napi_create_external)              \
  F(napi_create_external_arraybuffer)  \
  F(napi_create_function)              \
  F(napi_create_object)                \
  F(napi_create_reference)             \
  F(napi_create_string_utf8)           \
  F(napi_create_type_error)            \
  F(napi_create_typedarray)            \
  F(napi_create_uint32)                \
  F(napi_define_class)                 \
  F(napi_define_properties)            \
  F(napi_delete_reference)             \
  F(napi_detach_arraybuffer)           \
  F(napi_escape_handle)                \
  F(napi_fatal_error)                  \
  F(napi_fatal_exception)              \
  F(napi_get_and_clear_last_exception) \
  F(napi_get_arraybuffer_info)         \
  F(napi_get_boolean)                  \
  F(napi_get_cb_info)                  \
  F(napi_get_global)                   \
  F(napi_get_instance_data)            \
  F(napi_get_last_error_info)          \
  F(napi_get_named_property)           \
  F(napi_get_new_target)               \
  F(napi_get_property)                 \
  F(napi_get_prototype)                \
  F(napi_get_reference_value)          \
  F(napi_get_typedarray_info)          \
  F(napi_get_undefined)                \
  F(napi_get_uv_event_loop)            \
  F(napi_get_value_bool)               \
  F(napi_get_value_double)             \
  F(napi_get_value_external)           \
  F(napi_get_value_int32)              \
  F(napi_get_value_int64)              \
  F(napi_get_value_string_utf8)        \
  F(napi_get_value_uint32)             \
  F(napi_has_property)                 \
  F(napi_has_named_property)           \
  F(napi_is_exception_pending)         \
  F(napi_is_typedarray)                \
  F(napi_make_callback)                \
  F(napi_new_instance)                 \
  F(napi_open_escapable_handle_scope)  \
  F(napi_open_handle_scope)            \
  F(napi_reference_ref)                \
  F(napi_reference_unref)              \
  F(napi_remove_async_cleanup_hook)    \
  F(napi_remove_wrap)                  \
  F(napi_set_instance_data)            \
  F(napi_set_named_property)           \
  F(napi_strict_equals)                \
  F(napi_throw)                        \
  F(napi_typeof)                       \
  F(napi_unwrap)                       \
  F(napi_wrap)                         \
  F(uv_async_init)                     \
  F(uv_async_send)                     \
  F(uv_close)                          \
  F(uv_ref)                            \
  F(uv_translate_sys_error)            \
  F(uv_unref)

extern "C" {
#define RINGWIRE_POINTER(name) FARPROC imp_##name __asm__("__imp_" #name);
RINGWIRE_HOST_FUNCTIONS(RINGWIRE_POINTER)
#undef RINGWIRE_POINTER
}

namespace ringwire {
namespace {

struct HostFunction {
  const char* name;
  FARPROC* pointer;
};

constexpr HostFunction kHostFunctions[] = {
#define RINGWIRE_ROW(name) {#name, &imp_##name},
    RINGWIRE_HOST_FUNCTIONS(RINGWIRE_ROW)
#undef RINGWIRE_ROW
};

bool BindHost() {
  HMODULE const program = GetModuleHandleW(nullptr);
  for (const HostFunction& each : kHostFunctions) {
    *each.pointer = GetProcAddress(program, each.name);
    if (*each.pointer == nullptr) return false;
  }
  return true;
}

// Threads of os/closer.h, and of the system's pool, may outlive the last
// environment that loaded the addon.
bool StayLoaded() {
  HMODULE addon = nullptr;
  return GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN |
                                GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                            reinterpret_cast<LPCWSTR>(&kHostFunctions),
                            &addon) != 0;
}

}  // namespace
}  // namespace ringwire

// False makes the loader refuse the addon, which `require` then reports.
extern "C" BOOL WINAPI DllMain(HINSTANCE /*addon*/, DWORD reason,
                               LPVOID /*reserved*/) {
  if (reason != DLL_PROCESS_ATTACH) return TRUE;
  return ringwire::BindHost() && ringwire::StayLoaded() ? TRUE : FALSE;
}
