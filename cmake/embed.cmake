# Writes OUTPUT: the files of FOLDER as `const std::vector<qanat::app::EmbeddedFile> SYMBOL`.
# Run by qanat_embed(); FILES is a comma-separated list of paths below FOLDER.
string(REPLACE "," ";" files "${FILES}")
set(entries "")
foreach(file IN LISTS files)
  file(READ ${FOLDER}/${file} text)
  # String literals may hold 65,536 bytes at least; longer files go in as several.
  string(LENGTH "${text}" length)
  set(literals "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND literals "R\"QANAT~(${piece})QANAT~\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  if(literals STREQUAL "")
    set(literals "\"\"")
  endif()
  string(APPEND entries "    {\"${file}\", ${literals}},\n")
endforeach()
file(WRITE ${OUTPUT}.new "// Made by cmake/embed.cmake from ${FOLDER}.
#include \"app/embedded.h\"

namespace qanat::app {
const std::vector<EmbeddedFile>& ${SYMBOL}() {
  static const std::vector<EmbeddedFile> files = {
${entries}  };
  return files;
}
}  // namespace qanat::app
")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
file(TOUCH ${OUTPUT})
