#include "classifier/character_set.h"

#include <algorithm>

namespace qanat::classifier {
namespace {

constexpr char32_t kLastCharacter = 0x10FFFF;

}  // namespace

void CharacterSet::add(char32_t first, char32_t last) {
  if (last < first) return;
  if (ranges().empty()) {
    *this = {first, last};
    return;
  }
  if (single_) several_ = {only_};
  single_ = false;
  // Those that touch the new range become part of it.
  const auto begin = std::ranges::find_if(
      several_, [first](const Range& range) { return range.last + 1 >= first; });
  auto end = begin;
  for (; end != several_.end() && end->first <= last + 1; ++end) {
    first = std::min(first, end->first);
    last = std::max(last, end->last);
  }
  several_.insert(several_.erase(begin, end), {.first = first, .last = last});
}

void CharacterSet::add(const CharacterSet& other) {
  for (const Range& range : other.ranges()) add(range.first, range.last);
}

CharacterSet CharacterSet::complement() const {
  CharacterSet others;
  char32_t next = 0;
  for (const Range& range : ranges()) {
    if (range.first > next) others.add(next, range.first - 1);
    next = range.last + 1;
  }
  if (next <= kLastCharacter) others.add(next, kLastCharacter);
  return others;
}

std::size_t CharacterSet::size() const {
  std::size_t size = 0;
  for (const Range& range : ranges()) size += range.last - range.first + 1;
  return size;
}

}  // namespace qanat::classifier
