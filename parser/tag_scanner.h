#pragma once

#include <cstddef>
#include <string_view>

namespace qanat::parser {

/// One tag as HTML's tokenizer sees it.
struct Tag {
  std::size_t begin = 0;  ///< of its '<'
  std::size_t end = 0;    ///< behind its '>'
  std::string_view name;  ///< as written
  bool closes = false;    ///< </name>
  bool self_closing = false;
  int attributes = 0;
};

/// What the scanner stands on.
enum class Markup {
  tag,
  comment,  ///< also <?…>, <!…> and </ …>: nothing that makes an element
  doctype,
  end,  ///< no more markup, or a tag that the input's end cuts short
};

/// Finds the tags of HTML in one pass over the bytes, by the standard's tokenizer: a '>' inside a
/// quoted value, a stray quote and a tag inside a comment do not deceive it. Text is passed over.
class TagScanner {
 public:
  explicit TagScanner(std::string_view html) : html_(html) {}

  /// Goes to the next piece of markup. `tag()` tells where it stands; its other fields are set for
  /// tags only.
  Markup next();
  [[nodiscard]] const Tag& tag() const { return tag_; }

  /// Passes over raw text such as a script's, up to its </name> and over that.
  void skip_raw_text(std::string_view lower_name);
  /// The offset it has come to.
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  Markup comment();
  Markup read_tag(std::size_t name_at);
  bool read_attribute();
  bool read_value();
  bool skip_past(std::string_view mark);

  std::string_view html_;
  std::size_t at_ = 0;
  Tag tag_;
};

/// Whether a tag's name, as written, is `lower_name`.
[[nodiscard]] bool is_name(std::string_view written, std::string_view lower_name);

}  // namespace qanat::parser
