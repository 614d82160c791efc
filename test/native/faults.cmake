# Faults of the ring's protocol that ring/ring_race_test.cc has to find with ThreadSanitizer. Where it
# does not, that test would not notice them in native/ either.
add_library(race_test OBJECT main.cc ring/ring_race_test.cc)
target_include_directories(race_test PRIVATE
  "${CMAKE_SOURCE_DIR}/native" "${CMAKE_SOURCE_DIR}/test/native")
target_link_libraries(race_test PRIVATE doctest::doctest Threads::Threads)

# Builds the test with a copy of `source` that has `wrong` in the place of `right`.
function(add_fault name source right wrong)
  set(path "${CMAKE_SOURCE_DIR}/native/ring/${source}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
  file(READ "${path}" text)
  string(REPLACE "${right}" "${wrong}" faulty "${text}")
  if(faulty STREQUAL text)
    message(FATAL_ERROR "${source} no longer has what the fault \"${name}\" replaces: ${right}")
  endif()
  string(MAKE_C_IDENTIFIER "fault ${name}" target)
  set(copy "${CMAKE_CURRENT_BINARY_DIR}/faults/${target}/${source}")
  file(CONFIGURE OUTPUT "${copy}" CONTENT "${faulty}" @ONLY)
  set(sources
    "${CMAKE_SOURCE_DIR}/native/os/linux/shared_word.cc"
    "${CMAKE_SOURCE_DIR}/native/ring/ring_reader.cc"
    "${CMAKE_SOURCE_DIR}/native/ring/ring_writer.cc")
  list(REMOVE_ITEM sources "${path}")
  add_executable(${target} $<TARGET_OBJECTS:race_test> ${sources} "${copy}")
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/native")
  target_link_libraries(${target} PRIVATE doctest::doctest Threads::Threads)
  # clang-tidy sees each source once.
  set_target_properties(${target} PROPERTIES EXPORT_COMPILE_COMMANDS OFF)
  add_test(NAME ${target} COMMAND ${target} "--test-case=race: both sides spin")
  set_tests_properties(${target} PROPERTIES
    TIMEOUT 300
    ENVIRONMENT "TSAN_OPTIONS=halt_on_error=1"
    PASS_REGULAR_EXPRESSION "ThreadSanitizer: data race|Status: FAILURE")
endfunction()

add_fault("a record is published without a release" ring_writer.cc
  "tail.store(tail_, std::memory_order_seq_cst)" "tail.store(tail_, std::memory_order_relaxed)")
add_fault("a record is published before it is written" ring_writer.cc
  "uint64_t at = tail_;"
  "uint64_t at = tail_; control_->writer.tail.store(tail_ + size, std::memory_order_seq_cst);")
add_fault("a record is taken without an acquire" ring_reader.cc
  "tail_ = control_->writer.tail.load(std::memory_order_acquire)"
  "tail_ = control_->writer.tail.load(std::memory_order_relaxed)")
add_fault("room is given back without a release" ring_reader.cc
  "head.store(head_, std::memory_order_seq_cst)" "head.store(head_, std::memory_order_relaxed)")
add_fault("room is taken without an acquire" ring_writer.cc
  "head.load(std::memory_order_acquire)" "head.load(std::memory_order_relaxed)")
add_fault("a record may be written over the oldest" ring_writer.cc
  "tail_ - head > capacity_" "(head = tail_, false)")
