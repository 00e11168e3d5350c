#include "store/search_text.h"

#include <cstdlib>
#include <memory>
#include <new>
#include <sstream>

#include <utf8proc.h>

#include "base/utf8.h"

namespace qanat::store {
namespace {

utf8proc_int32_t for_search(utf8proc_int32_t code_point, void* /*unused*/) {
  switch (code_point) {
    case 0x00A0:  // no-break space
    case 0x2007:  // figure space
    case 0x202F:  // narrow no-break space
      return ' ';
    default: return code_point;
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string normalise_for_search(std::string_view text) {
  const std::string valid = utf8::repaired(text);
  // utf8proc takes flags in an enumeration that names them one by one.
  // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange)
  constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                           UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map_custom(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                          static_cast<utf8proc_ssize_t>(valid.size()),
                          &mapped,
                          kOptions,
                          for_search,
                          nullptr);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) throw std::bad_alloc();  // the text is valid: only memory can fail
  std::string result(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  // After composition: a decomposed ё has become one code point. Same length.
  replace_all(result, "ё", "е");
  return result;
}

std::vector<std::string> search_words(std::string_view query) {
  std::istringstream parts(normalise_for_search(query));
  std::vector<std::string> words;
  for (std::string word; parts >> word;) words.push_back(word);
  return words;
}

}  // namespace qanat::store
