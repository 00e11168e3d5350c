# How everything of ours is compiled. Third-party headers are system headers: no warnings from them.

option(QANAT_TESTS "Build the tests and the demo channel server" ON)
option(QANAT_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(QANAT_FUZZ "With the tests, build the fuzz targets (clang's libFuzzer)" OFF)
option(QANAT_JOIN "Compile each module's sources joined: a whole build is quicker, a small change slower" OFF)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(QANAT_CCACHE ccache)
if(QANAT_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${QANAT_CCACHE})
endif()

add_library(qanat_flags INTERFACE)
target_include_directories(qanat_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(qanat_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-align -Woverloaded-virtual -Werror
  -fstack-protector-strong)
target_compile_definitions(qanat_flags INTERFACE _GLIBCXX_ASSERTIONS
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
target_link_options(qanat_flags INTERFACE -Wl,-z,relro,-z,now)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these on correct code inside std::optional, std::variant and std::string.
  target_compile_options(qanat_flags INTERFACE
    -Wno-maybe-uninitialized -Wno-restrict -Wno-missing-field-initializers)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12's stable_sort uses its own deprecated get_temporary_buffer, and clang tells it of
  # every caller. What our code uses deprecated, g++ still reports.
  target_compile_options(qanat_flags INTERFACE
    -Wno-missing-designated-field-initializers -Wno-deprecated-declarations)
endif()
if(QANAT_SANITIZE)
  target_compile_options(qanat_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(qanat_flags INTERFACE -fsanitize=address,undefined)
endif()
