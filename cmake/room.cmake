# What simulates is optimised more than what reads and writes, which -O3 would only make larger. In
# debug builds a little: with sanitizers, simulations take three times as long without, while the
# other rooms take half as long to compile. Tuned for processors since 2015, but it runs on all:
# g++ 12's usual tuning clears small structures by a string instruction, whose start takes longer
# than the stores would.
function(sixslots_optimise_simulation target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Debug>:-O1> $<$<CONFIG:Release>:-O3>)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-mtune=skylake>)
  endif()
endfunction()

# A room: the static library sixslots::<name> of the folder of that name.
#
#   sixslots_room(name [SIMULATES] [DEPENDS room...] [LIBRARIES target...]
#                 [HEADER_ONLY header...] SOURCES file...)
#
# SIMULATES    optimised by sixslots_optimise_simulation()
# DEPENDS      the room to its left
# LIBRARIES    what only the room's sources link, never its headers
# HEADER_ONLY  the same for libraries that are headers alone; nothing of them reaches an
#              installed sixslots
function(sixslots_room name)
  cmake_parse_arguments(PARSE_ARGV 1 ROOM "SIMULATES" "" "DEPENDS;LIBRARIES;HEADER_ONLY;SOURCES")
  # Headers are collected, not listed: forgetting one would break nothing but an installation.
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "*.hpp")

  set(room sixslots_${name})
  add_library(${room} STATIC ${ROOM_SOURCES})
  add_library(sixslots::${name} ALIAS ${room})
  target_sources(${room} PUBLIC
    FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers})
  set_target_properties(${room} PROPERTIES EXPORT_NAME ${name})

  target_compile_features(${room} PUBLIC cxx_std_20)
  # A fused multiply-add rounds once where others round twice: results would differ by machine.
  target_compile_options(${room} PUBLIC -ffp-contract=off)
  if(ROOM_SIMULATES)
    sixslots_optimise_simulation(${room})
  endif()
  target_compile_definitions(${room} PRIVATE SIXSLOTS_VERSION="${PROJECT_VERSION}")

  # What most files include, read once: a third of the time to compile. The tidy preset does
  # without, so that every file still includes what it uses.
  target_precompile_headers(${room} PRIVATE
    <algorithm> <array> <cassert> <chrono> <cmath> <coroutine> <cstddef> <cstdint> <functional>
    <map> <memory> <optional> <span> <string> <string_view> <utility> <vector>)
  if(fmt::fmt IN_LIST ROOM_LIBRARIES)
    target_precompile_headers(${room} PRIVATE <fmt/format.h>)
  endif()
  # For ccache, which has to see through the precompiled header.
  target_compile_options(${room} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)

  list(TRANSFORM ROOM_DEPENDS PREPEND sixslots_)
  target_link_libraries(${room} PUBLIC ${ROOM_DEPENDS} PRIVATE ${ROOM_LIBRARIES})
  foreach(header IN LISTS ROOM_HEADER_ONLY)
    string(MAKE_C_IDENTIFIER "${header}_FOLDER" folder)
    find_path(${folder} ${header} REQUIRED)
    target_include_directories(${room} SYSTEM PRIVATE ${${folder}})
  endforeach()
endfunction()
