#pragma once

#include <cstdint>
#include <string_view>

namespace qanat::parser {

/// What HTML's parser does with an element, as far as the fence has to follow it. Bits.
namespace role {
enum Role : std::uint32_t {
  none = 0,
  empty = 1U << 0U,       ///< <br>: has no content and no end tag
  formatting = 1U << 1U,  ///< <b>: opened anew in each block until its own end tag
  block = 1U << 2U,       ///< <div>: its end tag closes all that is open inside it
  heading = 1U << 3U,     ///< <h1>…<h6>: they close each other
  ends_paragraph = 1U << 4U,
  paragraph = 1U << 5U,
  list = 1U << 6U,       ///< <ul>, <ol>
  list_item = 1U << 7U,  ///< <li>
  definition_list = 1U << 8U,
  definition = 1U << 9U,  ///< <dt>, <dd>
  button = 1U << 10U,
  alone = 1U << 11U,  ///< <a>: one ends the one before
  table = 1U << 12U,
  cell = 1U << 13U,      ///< <td>, <th>, <caption>
  row = 1U << 14U,       ///< <tr>, <tbody>, <col>, …
  frame = 1U << 15U,     ///< <html>, <head>, <body>: one of each, wherever its tags stand
  raw_text = 1U << 16U,  ///< <script>: its content is characters, and goes with it
  dropped = 1U << 17U,   ///< <form>: its tags go, its content stays
  foreign = 1U << 18U,   ///< <svg>: goes, with its content
  inline_frame = 1U << 19U,
  ends_foreign = 1U << 20U,  ///< HTML that ends an <svg> which nobody closed
};
}  // namespace role

/// An element that HTML knows.
struct TagKind {
  std::string_view name;  ///< lower case
  std::uint32_t roles = role::none;
};

/// An element as its tag names it.
class TagName {
 public:
  TagName() = default;
  /// `written` must outlive it.
  explicit TagName(std::string_view written);

  [[nodiscard]] bool is(std::uint32_t any_of_roles) const {
    return (kind_->roles & any_of_roles) != 0;
  }
  /// Whether a start tag and an end tag of these names belong together.
  [[nodiscard]] bool same_element(const TagName& other) const;
  [[nodiscard]] std::string_view written() const { return written_; }
  /// Lower case; empty for elements that HTML does not know.
  [[nodiscard]] std::string_view known() const { return kind_->name; }

 private:
  static constexpr TagKind kUnknown{};

  const TagKind* kind_ = &kUnknown;
  std::string_view written_;
};

}  // namespace qanat::parser
