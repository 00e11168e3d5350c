#include "classifier/numbered_text.h"

#include <algorithm>
#include <array>

#include "classifier/views.h"

namespace qanat::classifier {
namespace {

constexpr std::array<bool, kNumbers> kWordNumbers = [] {
  std::array<bool, kNumbers> words{};
  for (std::size_t each = 1; each < kNumbers; ++each) {
    words.at(each) = is_word_character(character_of(static_cast<std::uint8_t>(each)));
  }
  return words;
}();

}  // namespace

NumberedText::NumberedText(std::string_view text) : text_(text) {
  auto all = std::make_shared<Characters>();
  all->numbers.resize(text.size());
  all->bytes.resize(text.size() + 1);
  std::uint8_t* const numbers = all->numbers.data();
  std::uint32_t* const bytes = all->bytes.data();
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    const NumberedCharacter next = number_at(text, at);
    numbers[count] = next.number;
    bytes[count] = static_cast<std::uint32_t>(at);
    at += next.length;
  }
  bytes[count] = static_cast<std::uint32_t>(text.size());
  numbers_ = {numbers, count};
  bytes_ = {bytes, count + 1};
  all_ = std::move(all);
}

NumberedText NumberedText::part(Span bytes) const {
  const std::size_t begin = character_from(bytes.begin);
  const std::size_t size = character_from(bytes.end) - begin;
  NumberedText part = *this;
  part.text_ = text_.substr(bytes.begin, bytes.size());
  part.numbers_ = numbers_.subspan(begin, size);
  part.bytes_ = bytes_.subspan(begin, size + 1);
  return part;
}

bool NumberedText::is_word(std::size_t at) const {
  const std::uint8_t known = numbers_[at];
  return known != 0 ? kWordNumbers[known] : is_word_character(character(at));
}

std::size_t NumberedText::character_from(std::size_t byte) const {
  const auto found = std::ranges::lower_bound(bytes_, byte + bytes_.front());
  return static_cast<std::size_t>(found - bytes_.begin());
}

}  // namespace qanat::classifier
