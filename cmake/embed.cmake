# Writes OUTPUT: the files of FOLDER as `const std::vector<qanat::app::EmbeddedFile> SYMBOL`.
# Run by qanat_embed(); FILES is a comma-separated list of paths below FOLDER.
#
# Files are read as hexadecimal digits: CMake's lists and strings change what they carry where it
# holds semicolons, brackets or backslashes.
string(REPLACE "," ";" files "${FILES}")
set(arrays "")
set(entries "")
set(number 0)
foreach(file IN LISTS files)
  file(READ "${FOLDER}/${file}" digits HEX)
  if(digits STREQUAL "")
    string(APPEND entries "      {\"${file}\", {}},\n")
    continue()
  endif()
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${digits}")
  string(REGEX REPLACE "(................................................................................)"
         "\\1\n    " bytes "${bytes}")
  string(APPEND arrays "constexpr unsigned char kFile${number}[] = {\n    ${bytes}};\n")
  string(APPEND entries "      {\"${file}\", text_of(kFile${number})},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Made by cmake/embed.cmake from ${FOLDER}.
#include <cstddef>

#include \"app/embedded.h\"

namespace qanat::app {
namespace {
template <std::size_t kSize>
[[maybe_unused]] std::string_view text_of(const unsigned char (&bytes)[kSize]) {
  return {reinterpret_cast<const char*>(bytes), kSize};
}
${arrays}}  // namespace

const std::vector<EmbeddedFile>& ${SYMBOL}() {
  static const std::vector<EmbeddedFile> files = {
${entries}  };
  return files;
}
}  // namespace qanat::app
")
