#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/literal_tree.h"

namespace qanat::classifier {

/// The keys of many patterns, each with those that have it. Fill, compile() once; then safe to
/// share between threads.
class KeyIndex {
 public:
  void add(std::string key, std::size_t pattern) {
    uses_.push_back({.key = std::move(key), .pattern = static_cast<std::uint32_t>(pattern)});
  }
  void compile();

  /// For keys of two characters or more: false where none stands, nearly always.
  [[nodiscard]] bool may_stand_at(std::string_view text, std::size_t at) const {
    return tree_.may_stand_at(text, at);
  }
  /// Calls visit(pattern, end) for each key of a pattern that stands at `text[at]`.
  template <class Visit>
  void visit_at(std::string_view text, std::size_t at, Visit&& visit) const {
    tree_.visit_at(text, at, [&](std::size_t key, std::size_t end) {
      for (std::size_t i = first_use_[key]; i < first_use_[key + 1]; ++i) {
        visit(std::size_t{patterns_[i]}, end);
      }
    });
  }

 private:
  struct Use {
    std::string key;
    std::uint32_t pattern = 0;
  };
  std::vector<Use> uses_;  ///< until compile()
  LiteralTree tree_;
  std::vector<std::uint32_t> patterns_;    ///< by key, then ascending
  std::vector<std::size_t> first_use_{0};  ///< by key: where its patterns begin in patterns_
};

}  // namespace qanat::classifier
