#pragma once

#include <functional>
#include <string_view>

/// Words as a vocabulary counts them. Pure.
namespace qanat::classifier {

/// Letters that a stem keeps: in Russian and English they hold what the forms of a word share.
inline constexpr int kStemLetters = 6;

/// Raised whenever the same text would give other stems: it enters the pack's hash.
inline constexpr int kStemVersion = 1;

/// Calls `take` for each word of `text`, in its order: the first letters in lower case, ё as е.
/// Addresses, @names, #tags, numbers and signs are no words: rules know what they tell. The view is
/// valid during the call. Linear, allocates nothing.
void for_each_stem(std::string_view text, const std::function<void(std::string_view)>& take);

}  // namespace qanat::classifier
