#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parser/tag_scanner.h"

namespace qanat::parser {

/// Follows tags and tells how deep the tree that an HTML parser makes of them can become: never
/// less than a third of the truth. It errs towards deeper, for markup that closes what it did not
/// open; well-formed pages are counted exactly.
///
/// Knows: elements that cannot hold others, end tags that HTML leaves out, <table> as a border that
/// end tags do not cross, and formatting (<b>, <a>, …), which HTML opens anew in each block until
/// its own end tag comes.
class Nesting {
 public:
  void open(std::string_view name);
  void close(std::string_view name);

  [[nodiscard]] std::size_t depth() const { return open_.size() + tables_ * kTableWeight + format_; }

 private:
  /// A table puts up to <tbody>, <tr>, <td> and a caption between itself and what stands in it.
  static constexpr std::size_t kTableWeight = 3;

  struct Format {
    std::string_view name;  ///< empty: a border, which end tags do not look behind
    std::size_t depth = 0;  ///< open elements around it
  };

  void close_sibling(std::string_view name);
  void close_format(std::string_view name);
  void close_table();
  void pop_to(std::size_t size);
  void mark_border();

  std::vector<std::string_view> open_;
  std::vector<Format> formats_;
  std::size_t format_ = 0;  ///< entries of formats_ that are no borders
  std::size_t tables_ = 0;
};

}  // namespace qanat::parser
