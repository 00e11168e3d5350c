#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "classifier/characters.h"

/// The forms of a text that rules are matched against, each with the way back to the bytes as
/// written. Pure.
namespace qanat::classifier {

enum class View : std::uint8_t {
  fold,    ///< see fold_view(): the usual one
  words,   ///< letters and digits as tokens, one space between and around them
  squash,  ///< letters only: "р е к л а м а" and "рек.лама" are "реклама"
  raw,     ///< as written
};

/// As packs write them, in the order of the enumeration.
inline constexpr std::array<std::string_view, 4> kViewNames{"fold", "words", "squash", "raw"};

[[nodiscard]] constexpr std::string_view view_name(View view) {
  return kViewNames.at(static_cast<std::size_t>(view));
}

/// Raised whenever the same text would fold differently: it enters the decision fingerprint.
inline constexpr int kNormaliserVersion = 1;

/// A rewritten text that knows where each of its characters comes from.
class MappedText {
 public:
  [[nodiscard]] const std::string& text() const { return text_; }

  /// The bytes of the source that became `span` of text(), blanks at its ends left out. `span` must
  /// lie on character boundaries. Logarithmic.
  [[nodiscard]] Span original(Span span) const;

  /// Where what the source byte became begins in text(); of one that left nothing, what follows it.
  [[nodiscard]] std::size_t place_of(std::size_t source) const;

  /// What the source bytes `part` became, as if they were the source: of a folded text and a part
  /// of it that stands between blanks. Nothing where a blank before it may have taken one of its
  /// own.
  [[nodiscard]] std::optional<MappedText> part(Span part) const;

  /// Adds `piece`, which the source bytes `origin` became. Pieces come in the order of the source.
  void append(std::string_view piece, Span origin);
  /// Forgets all but the first `size` bytes of text(), which must end a piece.
  void truncate(std::size_t size);
  void reserve(std::size_t size) { text_.reserve(size); }

 private:
  /// A stretch of text and its source. An even stretch has the same length in both, byte by byte;
  /// of an uneven one only the whole is known.
  struct Run {
    std::size_t begin = 0;  ///< in text_; it ends where the next run begins
    Span origin;
    bool even = true;
  };
  [[nodiscard]] const Run& run_at(std::size_t at) const;
  /// The first that ends behind the source byte.
  [[nodiscard]] std::vector<Run>::const_iterator run_from(std::size_t source) const;
  /// Where the source byte's part of the run begins.
  static std::size_t place_in(const Run& run, std::size_t source) {
    return run.begin + (std::max(source, run.origin.begin) - run.origin.begin);
  }

  std::string text_;
  std::vector<Run> runs_;
};

/// Valid UTF-8, composed, lower case, ё as е, without what cannot be seen (zero-width characters,
/// soft hyphens, variation selectors, skin tones, stress marks); every blank but the line break is
/// one plain space; quotes are " or ', dashes are -, … is ...; styled letters are plain; a word
/// that mixes alphabets is repaired when all letters of the rarer one have a twin in the other. An
/// invalid byte is U+FFFD. Linear.
[[nodiscard]] MappedText fold_view(std::string_view source);

/// The views below are made from the folded one; their origins are those of its source.
[[nodiscard]] MappedText words_view(const MappedText& folded);
[[nodiscard]] MappedText squash_view(const MappedText& folded);
[[nodiscard]] MappedText raw_view(std::string_view source);

/// What `words = …` takes for a letter or digit of a word, as the inside of an RE2 class.
inline constexpr std::string_view kFoldedWordClass = "0-9_a-zß-öø-ÿа-џґ";
inline constexpr std::string_view kRawWordClass = "0-9_A-Za-zÀ-ÖØ-öø-ÿЀ-џҐґ";
/// The same as a question about one character.
[[nodiscard]] constexpr bool is_word_character(char32_t value) {
  if (within(value, 0x400, 0x45F) || within(value, U'a', U'z')) return true;
  return within(value, U'0', U'9') || value == U'_' || within(value, U'A', U'Z') ||
         (within(value, 0xC0, 0xFF) && value != 0xD7 && value != 0xF7) ||
         within(value, 0x490, 0x491);
}

}  // namespace qanat::classifier
