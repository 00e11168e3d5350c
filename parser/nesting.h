#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parser/tag_kind.h"

namespace qanat::parser {

/// Follows a page's tags, knows how deep the tree becomes that an HTML parser makes of them, and
/// keeps it honest: an end tag that closes nothing near is told to go, and one that HTML leaves out
/// is told to be written. Well-formed pages pass unchanged.
///
/// The rules are HTML's, in their simplest form that never counts too little: blocks are closed by
/// their own end tag over whatever stands in them; other elements only when they are innermost; no
/// end tag but a table's own reaches out of a <table>. Formatting (<b>, <a>, …) is opened anew in
/// each block until its own end tag comes, so it counts until then.
class Nesting {
 public:
  /// A start tag. Returns whether it stays; end tags to write before it are added to `before`.
  bool open(const TagName& name, std::string& before);
  /// An end tag. Returns whether it stays; end tags to write before it are added to `before`.
  bool close(const TagName& name, std::string& before);

  [[nodiscard]] std::size_t depth() const { return open_.size() + tables_ * kTableParts + format_; }

 private:
  /// <tbody>, <tr> and <colgroup> are not followed one by one.
  static constexpr std::size_t kTableParts = 2;

  struct Format {
    TagName name;           ///< of no element: a border, which end tags do not look behind
    std::size_t depth = 0;  ///< open elements around it

    [[nodiscard]] bool is_border() const { return name.written().empty(); }
  };

  bool open_format(const TagName& name);
  bool open_table_part(const TagName& name, std::string& before);
  void close_implied(const TagName& name, std::string& before);
  bool close_format(const TagName& name);
  bool close_table_part(const TagName& name, std::string& before);
  bool close_cell(std::string& before);
  /// Where the innermost element that `matches` stands, looking no further than one that `stops`;
  /// open_.size() when there is none.
  template <class Matches, class Stops>
  [[nodiscard]] std::size_t innermost(Matches matches, Stops stops) const;
  void close_written(std::size_t at, std::string& before);
  void pop_to(std::size_t size);

  std::vector<TagName> open_;
  std::vector<Format> formats_;
  std::size_t format_ = 0;  ///< entries of formats_ that are no borders
  std::size_t tables_ = 0;
};

}  // namespace qanat::parser
