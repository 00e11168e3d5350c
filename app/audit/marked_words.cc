#include "app/audit/marked_words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace qanat::app {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank(char c) { return kBlanks.contains(c); }

std::string_view without_outer_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

/// Where the words end that begin at `at`; nothing when they do not.
std::optional<std::size_t> end_of_words(std::string_view text,
                                        std::size_t at,
                                        std::string_view words) {
  for (std::size_t i = 0; i < words.size();) {
    if (at == text.size()) return std::nullopt;
    if (is_blank(words[i])) {
      if (!is_blank(text[at])) return std::nullopt;
      i = skip_blanks(words, i);
      at = skip_blanks(text, at);
    } else if (words[i++] != text[at++]) {
      return std::nullopt;
    }
  }
  return at;
}

std::optional<Span> find_from(std::string_view text, std::size_t from, std::string_view words) {
  for (std::size_t at = from; at < text.size() && !words.empty(); ++at) {
    if (const auto end = end_of_words(text, at, words)) return Span{.begin = at, .end = *end};
  }
  return std::nullopt;
}

Result<Span> find_once(std::string_view text, std::string_view words) {
  const auto found = find_from(text, 0, words);
  const std::string named = "\"" + std::string(words) + "\"";
  if (!found) return fail(Errc::usage, named + " is not in the post: copy the words from it");
  if (find_from(text, found->begin + 1, words)) {
    return fail(Errc::usage, named + " is in the post more than once: name more words");
  }
  return *found;
}

/// First and last words; nothing when there is no gap between words.
std::optional<std::pair<std::string_view, std::string_view>> split_at_gap(std::string_view words) {
  for (const std::string_view gap : std::array<std::string_view, 2>{"…", "..."}) {
    const std::size_t at = words.find(gap);
    if (at == std::string_view::npos) continue;
    return std::pair(without_outer_blanks(words.substr(0, at)),
                     without_outer_blanks(words.substr(at + gap.size())));
  }
  return std::nullopt;
}

}  // namespace

Result<Span> find_marked_words(std::string_view text, std::string_view words) {
  words = without_outer_blanks(words);
  const auto parts = split_at_gap(words);
  // A post may hold the dots themselves.
  if (!parts || find_from(text, 0, words)) return find_once(text, words);
  const auto first = find_once(text, parts->first);
  if (!first) return first;
  const auto last = find_from(text, first->end, parts->second);
  if (last) return Span{.begin = first->begin, .end = last->end};
  return fail(Errc::usage,
              "\"" + std::string(parts->second) + "\" does not follow \"" +
                  std::string(parts->first) + "\" in the post");
}

}  // namespace qanat::app
