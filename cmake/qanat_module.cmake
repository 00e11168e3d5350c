# qanat_module(NAME [FUZZED] SOURCES … [PUBLIC …] [PRIVATE …])
#   One folder, one static library qanat_NAME. PUBLIC is what its headers mention, PRIVATE what only
#   its .cc files use. FUZZED is what fuzz targets run: see qanat_fuzzed().
function(qanat_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "FUZZED" "" "SOURCES;PUBLIC;PRIVATE")
  add_library(qanat_${name} STATIC ${arg_SOURCES})
  qanat_join(qanat_${name} 64)
  if(arg_FUZZED)
    qanat_fuzzed(qanat_${name})
  endif()
  target_link_libraries(qanat_${name}
    PUBLIC qanat_flags ${arg_PUBLIC}
    PRIVATE ${arg_PRIVATE})
endfunction()

# qanat_fuzzed(TARGET)
#   A sanitized build optimizes TARGET, and that alone: the rest compiles three times quicker without and
#   is seldom waited for. For libFuzzer it counts which edges are taken. It does not report each
#   comparison: the tests run the same code, and calls at comparisons would slow them down.
function(qanat_fuzzed target)
  if(QANAT_SANITIZE)
    target_compile_options(${target} PRIVATE -O1)
  endif()
  if(QANAT_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize-coverage=inline-8bit-counters,pc-table)
  endif()
endfunction()

# qanat_join(TARGET SIZE)
#   With QANAT_JOIN, sources of TARGET are compiled up to SIZE at a time, as if they were one file. So
#   no two sources of a target may give different things the same file-local name.
function(qanat_join target size)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${QANAT_JOIN} UNITY_BUILD_MODE BATCH UNITY_BUILD_BATCH_SIZE ${size})
endfunction()

# qanat_optimize(TARGET LEVEL)
#   Optimizes TARGET less than the rest of a release build, for what costs more to compile than it runs.
function(qanat_optimize target level)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:${level}>)
endfunction()

find_program(QANAT_GOLD ld.gold)

# qanat_quick_to_compile(TARGET)
#   For tests: not optimized, linked by gold where there is one, in half the time, and, where no ccache
#   does better, the headers that most of them read are precompiled, once for all.
function(qanat_quick_to_compile target)
  qanat_optimize(${target} -O0)
  if(QANAT_GOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(${target} PRIVATE -fuse-ld=gold)
  endif()
  if(QANAT_CCACHE)
    return()
  endif()
  # A precompiled header serves only what is compiled alike.
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  if(target STREQUAL qanat_test_main)
    target_precompile_headers(${target} PRIVATE
      ${CMAKE_SOURCE_DIR}/tests/support/catch.h <nlohmann/json.hpp>)
  else()
    target_precompile_headers(${target} REUSE_FROM qanat_test_main)
  endif()
endfunction()

# qanat_test(NAME SOURCES … LINK …)
#   One executable NAME_test whose cases ctest lists as "NAME: case". LINK names the one module under
#   test (and test helpers): a call into another module does not link. A case that calls
#   qanat::test::skip() shows as skipped. Under sanitizers all cases run in one process, "NAME: all
#   cases": there, starting a process and loading what a case needs often takes longer than the case.
function(qanat_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_executable(${name}_test ${arg_SOURCES})
  target_link_libraries(${name}_test PRIVATE qanat_test_main ${arg_LINK})
  qanat_join(${name}_test 24)
  qanat_quick_to_compile(${name}_test)
  if(QANAT_SANITIZE)
    add_test(NAME "${name}: all cases" COMMAND ${name}_test)
    set_tests_properties("${name}: all cases" PROPERTIES TIMEOUT 1200 COST 1) # the dearer, the sooner
    return()
  endif()
  catch_discover_tests(${name}_test TEST_PREFIX "${name}: " DISCOVERY_MODE PRE_TEST
    PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endfunction()

# qanat_embed(TARGET SYMBOL FOLDER FILE…)
#   Compiles files into TARGET; see cmake/embed.cmake for the form they take.
function(qanat_embed target symbol folder)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cc)
  list(TRANSFORM ARGN PREPEND ${folder}/ OUTPUT_VARIABLE paths)
  string(REPLACE ";" "," names "${ARGN}")
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DSYMBOL=${symbol} -DFOLDER=${folder} -DFILES=${names}
            -DOUTPUT=${generated} -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${paths} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  set_source_files_properties(${generated} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${generated})
endfunction()
