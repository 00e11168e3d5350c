#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/literal_tree.h"

namespace qanat::classifier {

/// The keys of many patterns, each with those that have it. Fill, compile() once; then safe to
/// share between threads.
class KeyIndex {
 public:
  /// `key` is not empty and of less than 64 KiB.
  void add(std::string_view key, std::size_t pattern);
  void compile();

  /// Of the strings that are keys.
  [[nodiscard]] const LiteralTree& tree() const { return tree_; }
  /// Calls visit(pattern, end) for each key of a pattern that stands at the character `at` of a
  /// text: those of one character, and the longer ones. See LiteralTree.
  template <class Visit>
  void visit_single(const NumberedText& text, std::size_t at, Visit&& visit) const {
    tree_.visit_single(text, at, for_patterns(visit));
  }
  template <class Visit>
  [[gnu::always_inline]] void visit_longer(const NumberedText& text,
                                           std::size_t at,
                                           Visit&& visit) const {
    tree_.visit_longer(text, at, for_patterns(visit));
  }

 private:
  struct Use {
    std::uint64_t opening = 0;  ///< the key's first bytes, in the order of keys: quickly compared
    std::uint32_t begin = 0;    ///< of the key in keys_
    std::uint32_t pattern = 0;
    std::uint16_t size = 0;
  };
  [[nodiscard]] std::string_view key_of(const Use& use) const {
    return std::string_view(keys_).substr(use.begin, use.size);
  }

  template <class Visit>
  [[nodiscard]] auto for_patterns(Visit& visit) const {
    return [&](std::size_t key, std::size_t end) {
      for (std::size_t i = first_use_[key]; i < first_use_[key + 1]; ++i) {
        visit(std::size_t{patterns_[i]}, end);
      }
    };
  }

  // Until compile().
  std::vector<Use> uses_;
  std::string keys_;  ///< one behind the other

  LiteralTree tree_;
  std::vector<std::uint32_t> patterns_;    ///< by key, then ascending
  std::vector<std::size_t> first_use_{0};  ///< by key: where its patterns begin in patterns_
};

}  // namespace qanat::classifier
