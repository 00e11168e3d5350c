#include "classifier/composite_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "classifier/lint.h"
#include "classifier/matching.h"

namespace qanat::classifier {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kWord = "abcdefghijklmnopqrstuvwxyz0123456789_.*-";
constexpr std::array<std::string_view, 10> kSigns{
    "==", "!=", "<=", ">=", "<", ">", "=", "(", ")", ","};

std::size_t word_length(std::string_view text) {
  return std::min(text.find_first_not_of(kWord), text.size());
}

std::size_t sign_length(std::string_view text) {
  const auto* found = std::ranges::find_if(
      kSigns, [text](std::string_view sign) { return text.starts_with(sign); });
  return found == kSigns.end() ? 0 : found->size();
}

}  // namespace

Result<std::vector<std::string_view>> split_expression(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;
       at = text.find_first_not_of(kBlanks, at)) {
    const std::string_view rest = text.substr(at);
    const std::size_t length = std::max(word_length(rest), sign_length(rest));
    if (length == 0) {
      return fail(Errc::rule,
                  "\"" + std::string(rest.substr(0, 16)) + "\" cannot be part of an expression");
    }
    words.push_back(rest.substr(0, length));
    at += length;
  }
  return words;
}

bool is_name(std::string_view word) {
  return !word.empty() && word.find_first_not_of(kWord) == std::string_view::npos &&
         std::ranges::count(word, '*') <= 1;
}

std::string similar_word(std::string_view word) {
  std::vector<std::string_view> known{
      "any", "all", "count", "post", "first", "last", "near", "and", "adjacent", "or", "not"};
  for (std::size_t i = 0; i < static_cast<std::size_t>(Feature::count_); ++i) {
    known.push_back(feature_name(static_cast<Feature>(i)));
  }
  return did_you_mean(word, known);
}

}  // namespace qanat::classifier
