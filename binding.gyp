# What prebuildify builds, with the compiler of scripts/prebuilds.ts. The published package does not have it.
# The list of sources equals CMakeLists.txt's.
{
  "targets": [
    {
      "target_name": "ringwire",
      "sources": [
        "native/addon/addon.cc",
        "native/addon/body_buffer.cc",
        "native/addon/connecting_wrap.cc",
        "native/addon/environment.cc",
        "native/addon/link_wrap.cc",
        "native/addon/listener_wrap.cc",
        "native/addon/resting_loop.cc",
        "native/addon/shared_memory_wrap.cc",
        "native/addon/uv_source.cc",
        "native/link/core_placement.cc",
        "native/link/hand_over.cc",
        "native/link/handshake.cc",
        "native/link/incoming.cc",
        "native/link/link.cc",
        "native/link/receiver.cc",
        "native/link/sender.cc",
        "native/os/segment.cc",
        "native/os/socket.cc",
        "native/os/wakers.cc",
        "native/ring/ring_reader.cc",
        "native/ring/ring_writer.cc"
      ],
      "include_dirs": ["native", "<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": [
        "NAPI_VERSION=8",
        "NAPI_DISABLE_CPP_EXCEPTIONS",
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"
      ],
      "cflags": ["-fvisibility=hidden", "-O3"],
      "cflags_cc": ["-std=c++17"],
      "conditions": [
        ["OS=='linux'", {
          "sources": [
            "native/addon/linux/glib.cc",
            "native/addon/linux/loop_watch.cc",
            "native/addon/linux/ui_loop.cc",
            "native/addon/posix/shared_bytes.cc",
            "native/addon/posix/uv_poll.cc",
            "native/os/linux/button.cc",
            "native/os/linux/core.cc",
            "native/os/linux/doorbell.cc",
            "native/os/linux/memory.cc",
            "native/os/linux/random.cc",
            "native/os/linux/sealed_memory.cc",
            "native/os/linux/shared_word.cc",
            "native/os/linux/socket.cc",
            "native/os/linux/thread.cc",
            "native/os/posix/closer.cc",
            "native/os/posix/handle.cc",
            "native/os/posix/overlay.cc",
            "native/os/posix/process.cc",
            "native/os/posix/segment.cc",
            "native/os/posix/socket_io.cc",
            "native/os/posix/system_error.cc",
            "native/os/posix/waiter.cc"
          ],
          "ldflags": [
            "-Wl,-z,nodelete",
            "-Wl,--version-script=<(module_root_dir)/native/addon/linux/exports.map",
            "-Wl,--gc-sections"
          ]
        }, {
          "sources": ["<!(node -e \"throw 'ringwire has no native code for this platform yet; Linux it has'\")"]
        }]
      ]
    }
  ]
}
