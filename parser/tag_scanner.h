#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

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

/// Which bytes end or separate the parts of a tag.
class CharacterSet {
 public:
  constexpr explicit CharacterSet(std::string_view characters) {
    for (const char c : characters) has_.at(static_cast<unsigned char>(c)) = true;
  }
  [[nodiscard]] constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> has_{};
};

/// One attribute of a start tag.
struct TagAttribute {
  std::string_view name;     ///< as written
  std::string_view value;    ///< as written, without its quotes; empty when there is none
  std::string_view written;  ///< the whole of it, quotes included
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
  /// The tag's attributes, as many as are followed: Tag::attributes counts all.
  [[nodiscard]] std::span<const TagAttribute> attributes() const { return attributes_; }

  /// Passes over raw text such as a script's, up to its </name> and over that.
  void skip_raw_text(std::string_view lower_name);
  /// Goes on from the tag that begins there.
  void go_back_to(std::size_t begin) { at_ = begin; }
  /// The offset it has come to.
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  Markup comment();
  void skip_comment_text();
  Markup read_tag(std::size_t name_at);
  bool read_attribute();
  std::string_view read_value();
  void note(const TagAttribute& attribute);
  bool skip_past(std::string_view mark);
  [[nodiscard]] std::size_t first_of(const CharacterSet& set, std::size_t from) const;
  [[nodiscard]] std::size_t first_not_of(const CharacterSet& set, std::size_t from) const;

  std::string_view html_;
  std::size_t at_ = 0;
  Tag tag_;
  std::vector<TagAttribute> attributes_;
};

/// Whether a tag's name, as written, is `lower_name`.
[[nodiscard]] bool is_name(std::string_view written, std::string_view lower_name);

}  // namespace qanat::parser
