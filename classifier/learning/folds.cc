#include "classifier/learning/folds.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "classifier/views.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kWords = 3;
/// A sequence of more posts than this is a turn of speech, no template; it also bounds the work.
constexpr std::size_t kCommonplace = 50;

/// FNV-1a: the same on every machine.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return hash;
}

/// The text's three-word sequences, folded.
std::set<std::uint64_t> sequences(std::string_view text) {
  const MappedText words = words_view(fold_view(text));
  const std::string_view all = words.text();  // " one two three "
  std::vector<std::size_t> gaps;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == ' ') gaps.push_back(i);
  }
  std::set<std::uint64_t> found;
  for (std::size_t i = 0; i + kWords < gaps.size(); ++i) {
    found.insert(hash_of(all.substr(gaps[i], gaps[i + kWords] - gaps[i])));
  }
  return found;
}

/// Sets of posts that grow together.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    for (std::size_t i = 0; i < size; ++i) parent_[i] = i;
  }

  std::size_t root(std::size_t post) {
    while (parent_[post] != post) {
      parent_[post] = parent_[parent_[post]];
      post = parent_[post];
    }
    return post;
  }
  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);  // the first post names its group
  }

  std::vector<std::size_t> numbers() {
    std::map<std::size_t, std::size_t> number;
    std::vector<std::size_t> out;
    out.reserve(parent_.size());
    for (std::size_t i = 0; i < parent_.size(); ++i) {
      out.push_back(number.try_emplace(root(i), number.size()).first->second);
    }
    return out;
  }

 private:
  std::vector<std::size_t> parent_;
};

void join_channels(std::span<const ExaminedPost> posts, Groups& groups) {
  std::map<std::string_view, std::size_t> first;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const std::string& channel = posts[i].labelled.channel;
    if (!channel.empty()) groups.join(first.try_emplace(channel, i).first->second, i);
  }
}

void join_near_duplicates(std::span<const ExaminedPost> posts, Groups& groups) {
  std::vector<std::size_t> sizes;
  std::map<std::uint64_t, std::vector<std::size_t>> holders;  // posts in ascending order
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const std::set<std::uint64_t> found = sequences(posts[i].labelled.text);
    sizes.push_back(found.size());
    for (const std::uint64_t sequence : found) holders[sequence].push_back(i);
  }
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> common;
  for (const auto& [sequence, of] : holders) {
    if (of.size() > kCommonplace) continue;
    for (std::size_t a = 0; a < of.size(); ++a) {
      for (std::size_t b = a + 1; b < of.size(); ++b) ++common[{of[a], of[b]}];
    }
  }
  for (const auto& [pair, shared] : common) {
    const std::size_t either = sizes[pair.first] + sizes[pair.second] - shared;
    const double jaccard = static_cast<double>(shared) / static_cast<double>(either);
    if (jaccard >= kNearDuplicate) groups.join(pair.first, pair.second);
  }
}

}  // namespace

std::vector<std::size_t> leakage_groups(std::span<const ExaminedPost> posts) {
  Groups groups(posts.size());
  join_channels(posts, groups);
  join_near_duplicates(posts, groups);
  return groups.numbers();
}

std::vector<std::size_t> spread_over_folds(std::span<const std::size_t> groups, std::size_t folds) {
  std::map<std::size_t, std::size_t> sizes;
  for (const std::size_t group : groups) ++sizes[group];
  std::vector<std::pair<std::size_t, std::size_t>> order(sizes.begin(), sizes.end());
  std::ranges::stable_sort(
      order, std::ranges::greater(), [](const auto& each) { return each.second; });
  std::vector<std::size_t> load(
      std::clamp<std::size_t>(folds, 1, std::max<std::size_t>(1, order.size())));
  std::map<std::size_t, std::size_t> fold_of;
  for (const auto& [group, size] : order) {
    const auto lightest = std::ranges::min_element(load);
    *lightest += size;
    fold_of[group] = static_cast<std::size_t>(lightest - load.begin());
  }
  std::vector<std::size_t> out;
  out.reserve(groups.size());
  for (const std::size_t group : groups) out.push_back(fold_of[group]);
  return out;
}

}  // namespace qanat::classifier
