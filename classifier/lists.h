#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/span.h"
#include "classifier/lint.h"
#include "classifier/matching.h"
#include "classifier/pack_lines.h"
#include "classifier/text_hash.h"
#include "classifier/views.h"

namespace qanat::classifier {

enum class ListKind : std::uint8_t {
  host,    ///< "bit.ly" is bit.ly and whatever.bit.ly
  handle,  ///< a Telegram name, without '@'
  token,   ///< one word
  phrase,  ///< several words; punctuation between them does not matter
};

/// A named set of strings, looked up by hash. Immutable after reading.
class WordList {
 public:
  /// Reads "lists/NAME.txt": a first line "kind: host" (or handle, token, phrase), then one entry a
  /// line in canonical form; empty lines and those that begin with '#' say nothing.
  static WordList read(std::string_view path, std::string_view text, Findings& findings);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] ListKind kind() const { return kind_; }
  /// A list whose kind cannot be read may look anywhere: that it has none is complaint enough.
  [[nodiscard]] bool may_look_in(Scope scope) const;
  /// Sorted and distinct, for the hash of the pack.
  [[nodiscard]] std::vector<std::string> entries() const;

  /// Is the host, or a domain above it, in the list?
  [[nodiscard]] bool has_host(std::string_view written) const;
  /// Is the entry itself in the list?
  [[nodiscard]] bool has(std::string_view entry) const { return entries_.contains(entry); }
  /// Where the first listed token or phrase stands in a text of the `words` view.
  [[nodiscard]] std::optional<Span> find_words(std::string_view words) const;

 private:
  void add_line(std::string_view line, LinePlace where, Findings& findings);

  std::string path_;
  ListKind kind_ = ListKind::token;
  bool has_kind_ = false;
  std::size_t longest_ = 0;  ///< words of the longest phrase
  std::unordered_set<std::string, TextHash, std::equal_to<>> entries_;
};

/// The form that an entry must have; empty when it cannot be one.
[[nodiscard]] std::string canonical_entry(ListKind kind, std::string_view entry);

}  // namespace qanat::classifier
