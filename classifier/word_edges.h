#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "classifier/numbered_text.h"
#include "classifier/views.h"

namespace qanat::classifier {

/// Which ends of a match must be the edge of a word (`words = …`).
enum class WordEdges : std::uint8_t { whole, start, end, part };

[[nodiscard]] constexpr bool asks_start(WordEdges edges) {
  return edges == WordEdges::whole || edges == WordEdges::start;
}
[[nodiscard]] constexpr bool asks_end(WordEdges edges) {
  return edges == WordEdges::whole || edges == WordEdges::end;
}

/// Edges are asked for only where a plain string begins or ends with a letter or digit: "#реклама"
/// needs none before the '#'.
[[nodiscard]] WordEdges edges_for_literal(std::string_view literal, WordEdges wanted);

/// `pattern` with the edges of words around it; its group 1 is the match.
[[nodiscard]] std::string with_edges(std::string_view pattern, WordEdges edges, View view);

/// May a match begin there? The character before it must lie behind `from`, as a pattern with edges
/// would find it.
[[nodiscard]] bool begins_apart(std::string_view text,
                                std::size_t begin,
                                std::size_t from,
                                WordEdges edges);
[[nodiscard]] bool ends_apart(std::string_view text, std::size_t end, WordEdges edges);
/// The same, all places counted in characters.
[[nodiscard]] bool begins_apart(const NumberedText& text,
                                std::size_t begin,
                                std::size_t from,
                                WordEdges edges);
[[nodiscard]] bool ends_apart(const NumberedText& text, std::size_t end, WordEdges edges);

}  // namespace qanat::classifier
