# Every third-party library, found once, with the remedy when it is missing.
# cmake/ names them; which folder may use which is in tests/check_layers.py.

find_package(PkgConfig REQUIRED)

function(qanat_pkg target module package)
  pkg_check_modules(${target} QUIET IMPORTED_TARGET ${module})
  if(NOT ${target}_FOUND)
    message(FATAL_ERROR "${module} is missing: run scripts/install-packages, or install ${package}")
  endif()
  add_library(qanat::${target} ALIAS PkgConfig::${target})
endfunction()

qanat_pkg(curl libcurl libcurl4-openssl-dev)
qanat_pkg(gumbo gumbo libgumbo-dev)
qanat_pkg(re2 re2 libre2-dev)
qanat_pkg(sqlite sqlite3 libsqlite3-dev)
qanat_pkg(zstd libzstd libzstd-dev)
qanat_pkg(zlib zlib zlib1g-dev)
qanat_pkg(crypto libcrypto libssl-dev)
qanat_pkg(ssl libssl libssl-dev)
qanat_pkg(utf8proc libutf8proc libutf8proc-dev)
qanat_pkg(simdjson simdjson libsimdjson-dev)
qanat_pkg(toml tomlplusplus libtomlplusplus-dev)
qanat_pkg(xml libxml-2.0 libxml2-dev)
qanat_pkg(microhttpd libmicrohttpd libmicrohttpd-dev)

find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)

# libcld2 ships neither a pkg-config nor a CMake file.
find_library(QANAT_CLD2_LIBRARY cld2 REQUIRED)
add_library(qanat::cld2 UNKNOWN IMPORTED)
set_target_properties(qanat::cld2 PROPERTIES IMPORTED_LOCATION ${QANAT_CLD2_LIBRARY})
