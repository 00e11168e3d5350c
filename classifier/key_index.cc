#include "classifier/key_index.h"

#include <algorithm>
#include <utility>

namespace qanat::classifier {
namespace {

std::uint64_t opening_of(std::string_view key) {
  std::uint64_t opening = 0;
  for (std::size_t i = 0; i < sizeof opening; ++i) {
    opening = (opening << 8U) | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  }
  return opening;
}

}  // namespace

void KeyIndex::add(std::string_view key, std::size_t pattern) {
  uses_.push_back({.opening = opening_of(key),
                   .begin = static_cast<std::uint32_t>(keys_.size()),
                   .pattern = static_cast<std::uint32_t>(pattern),
                   .size = static_cast<std::uint16_t>(key.size())});
  keys_ += key;
}

void KeyIndex::compile() {
  std::ranges::sort(uses_, [this](const Use& a, const Use& b) {
    if (a.opening != b.opening) return a.opening < b.opening;
    return std::pair(key_of(a), a.pattern) < std::pair(key_of(b), b.pattern);
  });
  std::vector<std::string_view> distinct;
  patterns_.reserve(uses_.size());
  for (const Use& use : uses_) {
    if (distinct.empty() || distinct.back() != key_of(use)) {
      distinct.push_back(key_of(use));
      first_use_.back() = patterns_.size();
      first_use_.push_back(0);
    }
    patterns_.push_back(use.pattern);
  }
  first_use_.back() = patterns_.size();
  tree_ = LiteralTree(distinct);
  uses_ = {};
  keys_ = {};
}

}  // namespace qanat::classifier
