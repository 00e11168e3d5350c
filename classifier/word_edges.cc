#include "classifier/word_edges.h"

#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {

WordEdges edges_for_literal(std::string_view literal, WordEdges wanted) {
  if (literal.empty()) return WordEdges::part;
  const bool start = asks_start(wanted) && is_word_character(utf8::decode(literal, 0).value);
  const bool end = asks_end(wanted) && is_word_character(last_character(literal));
  if (start && end) return WordEdges::whole;
  if (start) return WordEdges::start;
  return end ? WordEdges::end : WordEdges::part;
}

std::string with_edges(std::string_view pattern, WordEdges edges, View view) {
  const std::string word(view == View::raw ? kRawWordClass : kFoldedWordClass);
  std::string out;
  if (asks_start(edges)) out += "(?:^|[^" + word + "])";
  out.append("(").append(pattern).append(")");
  if (asks_end(edges)) out += "(?:[^" + word + "]|$)";
  return out;
}

bool begins_apart(std::string_view text, std::size_t begin, std::size_t from, WordEdges edges) {
  if (!asks_start(edges) || begin == 0) return true;
  return begin != from && !is_word_character(last_character(text.substr(0, begin)));
}

bool ends_apart(std::string_view text, std::size_t end, WordEdges edges) {
  return !asks_end(edges) || end == text.size() ||
         !is_word_character(character_at(text, end).value);
}

bool begins_apart(const NumberedText& text, std::size_t begin, std::size_t from, WordEdges edges) {
  if (!asks_start(edges) || begin == 0) return true;
  return begin != from && !text.is_word(begin - 1);
}

bool ends_apart(const NumberedText& text, std::size_t end, WordEdges edges) {
  return !asks_end(edges) || end == text.size() || !text.is_word(end);
}

}  // namespace qanat::classifier
