#include "classifier/character_set.h"

#include <algorithm>

namespace qanat::classifier {
namespace {

constexpr char32_t kLastCharacter = 0x10FFFF;

}  // namespace

void CharacterSet::add(char32_t first, char32_t last) {
  if (last < first) return;
  // Those that touch the new range become part of it.
  const auto begin = std::ranges::find_if(
      ranges_, [first](const Range& range) { return range.last + 1 >= first; });
  auto end = begin;
  for (; end != ranges_.end() && end->first <= last + 1; ++end) {
    first = std::min(first, end->first);
    last = std::max(last, end->last);
  }
  ranges_.insert(ranges_.erase(begin, end), {.first = first, .last = last});
}

void CharacterSet::add(const CharacterSet& other) {
  for (const Range& range : other.ranges_) add(range.first, range.last);
}

CharacterSet CharacterSet::complement() const {
  CharacterSet others;
  char32_t next = 0;
  for (const Range& range : ranges_) {
    if (range.first > next) others.add(next, range.first - 1);
    next = range.last + 1;
  }
  if (next <= kLastCharacter) others.add(next, kLastCharacter);
  return others;
}

std::size_t CharacterSet::size() const {
  std::size_t size = 0;
  for (const Range& range : ranges_) size += range.last - range.first + 1;
  return size;
}

}  // namespace qanat::classifier
