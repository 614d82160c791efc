#include "addon/ui_loop.h"

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "link/spin.h"
#include "os/windows/win32.h"

namespace ringwire {
namespace {

constexpr UINT kTask = WM_APP + 10;
constexpr uint64_t kNsPerMs = 1'000'000;
// Ends what would hang for ever.
constexpr uint64_t kLimitNs = 20'000 * kNsPerMs;

Handle NewEvent() {
  return Handle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
}

// A thread's loop in the manner of Chromium's MessagePumpForUI: tasks are
// messages to a window of its own, and nested loops run in window procedures.
class Pump {
 public:
  Pump() {
    WNDCLASSW known{};
    known.lpfnWndProc = OnMessage;
    known.hInstance = GetModuleHandleW(nullptr);
    known.lpszClassName = L"pump";
    RegisterClassW(&known);
    window_ = CreateWindowExW(0, L"pump", L"", 0, 0, 0, 0, 0, HWND_MESSAGE,
                              nullptr, known.hInstance, nullptr);
    REQUIRE(window_ != nullptr);
  }
  ~Pump() { DestroyWindow(window_); }
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;

  // Any thread.
  void Post(std::function<void()> task) {
    auto* const copy = new std::function<void()>(std::move(task));
    PostMessageW(window_, kTask, 0, reinterpret_cast<LPARAM>(copy));
  }

  // Takes messages until `done` holds; also within itself. True: it does.
  bool RunUntil(const std::function<bool()>& done) {
    const uint64_t end = Now() + kLimitNs;
    while (!done()) {
      if (Now() > end) return false;
      MSG message;
      if (!PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) {
        MsgWaitForMultipleObjectsEx(0, nullptr, 100, QS_ALLINPUT,
                                    MWMO_INPUTAVAILABLE);
        continue;
      }
      DispatchMessageW(&message);
    }
    return true;
  }

 private:
  static LRESULT CALLBACK OnMessage(HWND window, UINT message, WPARAM first,
                                    LPARAM second) {
    if (message != kTask) return DefWindowProcW(window, message, first, second);
    const std::unique_ptr<std::function<void()>> task(
        reinterpret_cast<std::function<void()>*>(second));
    (*task)();
    return 0;
  }

  HWND window_ = nullptr;
};

// What the listener of a loop was told.
struct Told {
  int rests = 0;
  int nested = 0;
  int outermost = 0;
};

UiLoop::Listener ListenerOf(Told* told) {
  return {[](void* data) { ++static_cast<Told*>(data)->rests; },
          [](void* data) { ++static_cast<Told*>(data)->nested; },
          [](void* data) { ++static_cast<Told*>(data)->outermost; }, told};
}

// Something that is signalled, and how often its watch has called back.
struct Signal {
  std::unique_ptr<LoopWatch> Watch(UiLoop* loop) {
    SystemError error;
    auto watch = loop->Watch(
        {event.get(), kNoHandle}, WatchFor::kReadable,
        [](void* data) {
          auto* self = static_cast<Signal*>(data);
          ResetEvent(self->event.get());
          ++self->count;
          if (self->then) self->then();
        },
        this, &error);
    REQUIRE(watch != nullptr);
    return watch;
  }
  void Set() const { SetEvent(event.get()); }

  Handle event = NewEvent();
  int count = 0;
  std::function<void()> then;
};

}  // namespace

TEST_CASE("ui loop: what is signalled by another thread calls back each time") {
  Pump pump;
  Told told;
  const auto loop = UiLoop::Open(ListenerOf(&told));
  REQUIRE(loop != nullptr);
  Signal signal;
  const Handle answered(CreateEventW(nullptr, FALSE, FALSE, nullptr));
  signal.then = [&] {
    CHECK(loop->in_watch());
    CHECK_FALSE(loop->nested());
    SetEvent(answered.get());
  };
  const auto watch = signal.Watch(loop.get());
  constexpr int kRounds = 300;
  int lost = 0;
  std::thread other([&] {
    for (int i = 0; i < kRounds; ++i) {
      signal.Set();
      if (WaitForSingleObject(answered.get(), 5000) != WAIT_OBJECT_0) ++lost;
    }
  });
  CHECK(pump.RunUntil([&] { return signal.count == kRounds; }));
  other.join();
  CHECK(lost == 0);
  CHECK_FALSE(loop->in_watch());
  CHECK(told.rests + told.nested + told.outermost == 0);
}

TEST_CASE(
    "ui loop: in a nested loop a watch rests until a task lets it go on") {
  Pump pump;
  Told told;
  const auto loop = UiLoop::Open(ListenerOf(&told));
  REQUIRE(loop != nullptr);
  Signal signal;
  const auto watch = signal.Watch(loop.get());
  signal.Set();
  REQUIRE(pump.RunUntil([&] { return signal.count == 1; }));
  bool over = false;
  pump.Post([&] {
    signal.Set();
    CHECK(pump.RunUntil([&] { return told.rests == 1; }));
    CHECK(loop->nested());
    CHECK(signal.count == 1);
    pump.Post([&] { loop->Resume(); });
    CHECK(pump.RunUntil([&] { return signal.count == 2; }));
    // Once for each task.
    signal.Set();
    CHECK(pump.RunUntil([&] { return told.rests == 2; }));
    CHECK(signal.count == 2);
    over = true;
  });
  CHECK(pump.RunUntil([&] { return over; }));
  CHECK(told.nested == 1);
  CHECK(pump.RunUntil([&] { return told.outermost == 1; }));
  // What rested goes on by itself.
  CHECK(pump.RunUntil([&] { return signal.count == 3; }));
  CHECK_FALSE(loop->nested());
}

TEST_CASE(
    "ui loop: a loop that a watch runs is known, also where nothing comes") {
  Pump pump;
  Told told;
  const auto loop = UiLoop::Open(ListenerOf(&told));
  REQUIRE(loop != nullptr);
  Signal first;
  const auto watch = first.Watch(loop.get());
  first.Set();
  REQUIRE(pump.RunUntil([&] { return first.count == 1; }));
  bool in_task = true;
  bool afterwards = false;
  first.then = [&] {
    bool ran = false;
    pump.Post([&] {
      in_task = loop->in_watch();
      ran = true;
    });
    CHECK(pump.RunUntil([&] { return ran && told.nested == 1; }));
    afterwards = loop->in_watch();
  };
  first.Set();
  REQUIRE(pump.RunUntil([&] { return first.count == 2; }));
  CHECK_FALSE(in_task);
  CHECK(afterwards);
  CHECK(pump.RunUntil([&] { return told.outermost == 1; }));
}

TEST_CASE("ui loop: a loop of its own ends when it is done, late, or to quit") {
  Pump pump;
  Told told;
  const auto loop = UiLoop::Open(ListenerOf(&told));
  REQUIRE(loop != nullptr);
  bool done = false;
  const auto is_done = [](void* data) { return *static_cast<bool*>(data); };
  pump.Post([&] { done = true; });
  loop->Iterate(is_done, &done, Now() + kLimitNs);
  CHECK(done);

  bool never = false;
  const uint64_t deadline = Now() + 30 * kNsPerMs;
  loop->Iterate(is_done, &never, deadline);
  CHECK(Now() >= deadline);

  PostQuitMessage(7);
  const uint64_t before = Now();
  loop->Iterate(is_done, &never, before + kLimitNs);
  CHECK(Now() - before < kLimitNs);
  MSG message;
  REQUIRE(PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE));
  CHECK(message.message == WM_QUIT);
  CHECK(message.wParam == 7);
}

TEST_CASE("ui loop: a watch may end in its own callback, with others behind") {
  Pump pump;
  Told told;
  auto loop = UiLoop::Open(ListenerOf(&told));
  REQUIRE(loop != nullptr);
  Signal one;
  Signal other;
  std::unique_ptr<LoopWatch> first = one.Watch(loop.get());
  std::unique_ptr<LoopWatch> second = other.Watch(loop.get());
  one.then = [&] { first.reset(); };
  one.Set();
  other.Set();
  CHECK(pump.RunUntil([&] { return one.count == 1 && other.count == 1; }));
  one.Set();
  other.Set();
  CHECK(pump.RunUntil([&] { return other.count == 2; }));
  CHECK(one.count == 1);
  // The last watch keeps the loop until it ends itself.
  other.then = [&] { second.reset(); };
  loop.reset();
  other.Set();
  CHECK(pump.RunUntil([&] { return other.count == 3; }));
}

}  // namespace ringwire
