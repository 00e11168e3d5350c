# qanat_module(NAME SOURCES … [PUBLIC …] [PRIVATE …])
#   One folder, one static library qanat_NAME. PUBLIC is what its headers mention, PRIVATE what only
#   its .cc files use.
function(qanat_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
  add_library(qanat_${name} STATIC ${arg_SOURCES})
  target_link_libraries(qanat_${name}
    PUBLIC qanat_flags ${arg_PUBLIC}
    PRIVATE ${arg_PRIVATE})
endfunction()

# qanat_test(NAME SOURCES … LINK …)
#   One executable NAME_test whose cases ctest lists as "NAME: case". LINK names the one module under
#   test (and test helpers): a call into another module does not link. A case that calls
#   qanat::test::skip() shows as skipped.
function(qanat_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_executable(${name}_test ${arg_SOURCES})
  target_link_libraries(${name}_test PRIVATE qanat_test_main ${arg_LINK})
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
  target_sources(${target} PRIVATE ${generated})
endfunction()
