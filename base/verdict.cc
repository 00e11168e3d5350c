#include "base/verdict.h"

namespace qanat {

std::string kept_text(std::string_view text, const std::vector<Removed>& removed) {
  std::string kept;
  std::size_t at = 0;
  for (const Removed& part : removed) {
    kept += text.substr(at, part.span.begin - at);
    at = part.span.end;
  }
  kept += text.substr(at);
  return kept;
}

}  // namespace qanat
