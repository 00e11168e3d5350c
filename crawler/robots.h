#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qanat::crawler {

/// What a host's robots.txt allows: its groups for our product name, else those for `*` (RFC 9309).
/// A value.
class Robots {
 public:
  /// Pure. Unreadable lines are ignored, and so is everything beyond 512 KiB. `product`: the name
  /// in our User-Agent.
  static Robots parse(std::string_view text, std::string_view product);

  /// Whether a path, with its query if it has one, may be fetched: the longest matching pattern
  /// decides, Allow before Disallow where two are equally long.
  [[nodiscard]] bool allows(std::string_view path) const;

 private:
  class Reader;
  struct Rule {
    bool allow = false;
    std::string pattern;  ///< with `*` for anything, and `$` for the end when it is last
  };

  std::vector<Rule> rules_;
};

}  // namespace qanat::crawler
