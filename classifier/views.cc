#include "classifier/views.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <utf8proc.h>

#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/homoglyphs.h"

namespace qanat::classifier {
namespace {

/// What fold_character() says of a character that leaves nothing behind.
constexpr char32_t kDropped = 0;

bool is_invisible(char32_t value) {
  return value == U'\r' || value == 0xAD || value == 0x61C || value == 0x180E ||
         within(value, 0x200B, 0x200F) || within(value, 0x202A, 0x202E) ||
         within(value, 0x2060, 0x206F) || value == 0xFEFF || within(value, 0xFE00, 0xFE0F) ||
         within(value, 0x1F3FB, 0x1F3FF) || within(value, 0xE0000, 0xE0FFF);
}

bool is_space(char32_t value) {
  return value == U' ' || value == U'\t' || value == 0xA0 || value == 0x1680 ||
         within(value, 0x2000, 0x200A) || value == 0x202F || value == 0x205F || value == 0x3000 ||
         value == 0x2800;
}

/// Quotes, dashes and line ends as their plain forms; anything else as it is.
char32_t plain_sign(char32_t value) {
  if (value == 0xAB || value == 0xBB || within(value, 0x201C, 0x201F)) return U'"';
  if (value == U'`' || value == 0xB4 || within(value, 0x2018, 0x201B)) return U'\'';
  if (within(value, 0x2010, 0x2015) || value == 0x2212 || within(value, 0x2E3A, 0x2E3B))
    return U'-';
  if (value == 0x2028 || value == 0x2029 || value == 0x0B || value == 0x0C || value == 0x85)
    return U'\n';
  return value;
}

char32_t compute_fold(char32_t value) {
  if (is_invisible(value)) return kDropped;
  if (is_space(value)) return U' ';
  if (const char32_t sign = plain_sign(value); sign != value) return sign;
  if (value < U' ' && value != U'\n') return 0xFFFD;
  const auto lower =
      static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(plain_letter(value))));
  if (lower == U'ё') return U'е';
  return lower;
}

char32_t fold_character(char32_t value) {
  static const auto table = table_of(compute_fold);
  return value < kTableSize ? table.at(value) : compute_fold(value);
}

bool is_combining(char32_t value) { return within(value, 0x300, 0x36F); }

/// A character that folds by itself to one of as many bytes: nearly all of a text.
struct PlainCharacter {
  std::size_t length = 0;  ///< bytes, 1 or 2; 0: it is none
  std::array<char, 2> bytes{};
  char32_t folded = 0;
  Script script = Script::neither;
};

PlainCharacter plain_character(char32_t value) {
  const char32_t folded = compute_fold(value);
  std::string from;
  std::string to;
  utf8::append(from, value);
  utf8::append(to, folded);
  const bool plain = folded != kDropped && !is_combining(value) && from.size() == to.size();
  if (!plain || to.size() > 2) return {};
  return {.length = to.size(),
          .bytes = {to.front(), to.back()},
          .folded = folded,
          .script = script_of(folded)};
}

/// The plain character that begins at `at`; of length 0 when none does.
const PlainCharacter& plain_character_at(std::string_view text, std::size_t at) {
  static const auto table = table_of(plain_character);
  static constexpr PlainCharacter kNone;
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return table[first];
  if (first < 0xC2 || first >= 0xC0 + (kTableSize >> 6U) || at + 1 == text.size()) return kNone;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  if (!utf8::is_tail(text[at + 1])) return kNone;
  return table[((first & 0x1FU) << 6U) | (second & 0x3FU)];
}

/// The one character that `base` and `mark` make; 0 when there is none.
char32_t composed(char32_t base, char32_t mark) {
  std::array<utf8proc_int32_t, 2> pair{static_cast<utf8proc_int32_t>(base),
                                       static_cast<utf8proc_int32_t>(mark)};
  const auto size = utf8proc_normalize_utf32(pair.data(), 2, UTF8PROC_COMPOSE);
  return size == 1 ? static_cast<char32_t>(pair.front()) : 0;
}

/// Small and on the stack: one character's bytes.
class Encoded {
 public:
  explicit Encoded(char32_t value) {
    size_ = static_cast<std::size_t>(
        utf8proc_encode_char(static_cast<utf8proc_int32_t>(value), bytes_.data()));
  }
  [[nodiscard]] std::string_view view() const {
    // utf8proc deals in unsigned bytes.
    return {reinterpret_cast<const char*>(bytes_.data()), size_};
  }

 private:
  std::array<utf8proc_uint8_t, 4> bytes_{};
  std::size_t size_ = 0;
};

/// Walks the source once; a word that turns out to mix alphabets is walked once more.
// NOLINTBEGIN(misc-no-recursion): the second walk ends no word, so it starts no third
class Folder {
 public:
  explicit Folder(std::string_view source) : source_(source), plain_(source.size() + 1, ' ') {
    out_.reserve(source.size());
  }

  MappedText run() && {
    walk({.begin = 0, .end = source_.size()});
    end_word(source_.size());
    return std::move(out_);
  }

 private:
  void walk(Span range) {
    for (std::size_t at = range.begin; at < range.end;) {
      if (!repairing_) at = take_plain(at);
      if (at == range.end) return;
      const auto point = utf8::decode(source_, at);
      take(point.value, {.begin = at, .end = at + point.length});
      at += point.length;
    }
  }

  /// Takes plain characters together, which is quick; says where they end.
  std::size_t take_plain(std::size_t begin) {
    const std::size_t put_begin = out_.text().size();
    std::size_t at = begin;
    std::size_t last_length = 0;
    for (; at < source_.size(); at += last_length) {
      const PlainCharacter& next = plain_character_at(source_, at);
      const bool ends_mixed = next.script == Script::neither && is_mixed();
      if (next.length == 0 || ends_mixed || (next.folded == U' ' && last_ == U' ')) break;
      track_plain(next.script, at, put_begin + (at - begin));
      last_ = next.folded;
      last_length = next.length;
      std::ranges::copy(next.bytes, plain_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    if (at == begin) return at;
    last_origin_ = at - last_length;
    last_begin_ = put_begin + (last_origin_ - begin);
    out_.append(std::string_view(plain_).substr(begin, at - begin), {.begin = begin, .end = at});
    return at;
  }

  void take(char32_t value, Span origin) {
    if (is_combining(value)) {
      take_mark(value, origin);
      return;
    }
    if (value == 0x2026) {
      end_word(origin.begin);
      for (int i = 0; i < 3; ++i) put_piece(".", origin, 0);
      return;
    }
    const char32_t repaired = repaired_letter(value);
    const char32_t folded = fold_character(repaired);
    if (folded == kDropped) return;
    if (!repairing_) track_word(folded, origin.begin);
    if (folded == U' ' && last_ == U' ') return;
    put_piece(Encoded(folded).view(), origin, folded);
  }

  /// A mark joins the letter before it where Unicode has such a letter; else it is an ornament.
  void take_mark(char32_t mark, Span origin) {
    if (last_ == 0) return;
    const char32_t joined = composed(last_, mark);
    if (joined == 0) return;
    out_.truncate(last_begin_);
    const char32_t folded = fold_character(joined);
    const Span whole{.begin = last_origin_, .end = origin.end};
    put_piece(Encoded(folded).view(), whole, folded);
  }

  void put_piece(std::string_view piece, Span origin, char32_t value) {
    last_ = value;
    last_begin_ = out_.text().size();
    last_origin_ = origin.begin;
    out_.append(piece, origin);
  }

  [[nodiscard]] char32_t repaired_letter(char32_t value) const {
    if (!repairing_) return value;
    const char32_t plain = plain_letter(value);
    const Script script = script_of(plain);
    if (script == Script::neither || script == *repairing_) return value;
    return twin_letter(plain, *repairing_);
  }

  void track_word(char32_t folded, std::size_t at) {
    const Script script = script_of(folded);
    if (script == Script::neither) {
      end_word(at);
    } else {
      track_plain(script, at, out_.text().size());
    }
  }

  /// A character that does not end a word of both alphabets.
  void track_plain(Script script, std::size_t at, std::size_t put_at) {
    if (script == Script::neither) {
      in_word_ = false;
      return;
    }
    if (!in_word_) {
      in_word_ = true;
      word_source_ = at;
      word_begin_ = put_at;
      has_latin_ = has_cyrillic_ = false;
    }
    (script == Script::latin ? has_latin_ : has_cyrillic_) = true;
  }

  [[nodiscard]] bool is_mixed() const { return in_word_ && has_latin_ && has_cyrillic_; }

  void end_word(std::size_t at) {
    const bool mixed = is_mixed();
    in_word_ = false;
    if (!mixed) return;
    repairing_ = disguised_script(source_.substr(word_source_, at - word_source_));
    if (!repairing_) return;
    out_.truncate(word_begin_);
    last_ = 0;
    walk({.begin = word_source_, .end = at});
    repairing_.reset();
  }

  std::string_view source_;
  MappedText out_;
  std::string plain_;  ///< plain characters folded, each where it stands in the source
  char32_t last_ = 0;  ///< the character put last, for marks and runs of spaces
  std::size_t last_begin_ = 0;
  std::size_t last_origin_ = 0;
  bool in_word_ = false;
  bool has_latin_ = false;
  bool has_cyrillic_ = false;
  std::size_t word_source_ = 0;  ///< where the word begins in the source
  std::size_t word_begin_ = 0;   ///< and in the output
  std::optional<Script> repairing_;
};
// NOLINTEND(misc-no-recursion)

}  // namespace

const MappedText::Run& MappedText::run_at(std::size_t at) const {
  return *std::prev(std::ranges::upper_bound(runs_, at, {}, &Run::begin));
}

Span MappedText::original(Span span) const {
  const auto blank = [this](std::size_t at) { return text_[at] == ' ' || text_[at] == '\n'; };
  Span inner = span;
  while (inner.begin < inner.end && blank(inner.begin)) ++inner.begin;
  while (inner.begin < inner.end && blank(inner.end - 1)) --inner.end;
  if (inner.empty()) inner = span;
  if (inner.empty() || runs_.empty()) return {};

  const Run& first = run_at(inner.begin);
  const Run& last = run_at(inner.end - 1);
  const auto begin =
      first.even ? first.origin.begin + (inner.begin - first.begin) : first.origin.begin;
  const auto end = last.even ? last.origin.begin + (inner.end - last.begin) : last.origin.end;
  return {.begin = begin, .end = end};
}

std::vector<MappedText::Run>::const_iterator MappedText::run_from(std::size_t source) const {
  return std::ranges::partition_point(
      runs_, [source](const Run& each) { return each.origin.end <= source; });
}

std::size_t MappedText::place_of(std::size_t source) const {
  const auto run = run_from(source);
  return run == runs_.end() ? text_.size() : place_in(*run, source);
}

std::optional<MappedText> MappedText::part(Span part) const {
  MappedText out;
  const std::size_t begin = place_of(part.begin);
  if (begin > 0 && text_[begin - 1] == ' ') return std::nullopt;
  for (auto run = run_from(part.begin); run != runs_.end() && run->origin.begin < part.end; ++run) {
    const std::size_t end = std::next(run) == runs_.end() ? text_.size() : std::next(run)->begin;
    const Span origin{.begin = std::max(run->origin.begin, part.begin),
                      .end = std::min(run->origin.end, part.end)};
    if (!run->even && origin != run->origin) return std::nullopt;
    const std::size_t size = run->even ? origin.size() : end - run->begin;
    out.append(std::string_view(text_).substr(place_in(*run, origin.begin), size),
               {.begin = origin.begin - part.begin, .end = origin.end - part.begin});
  }
  return out;
}

void MappedText::append(std::string_view piece, Span origin) {
  const bool even = piece.size() == origin.size();
  const bool continues =
      even && !runs_.empty() && runs_.back().even && runs_.back().origin.end == origin.begin;
  if (continues) {
    runs_.back().origin.end = origin.end;
  } else {
    runs_.push_back({.begin = text_.size(), .origin = origin, .even = even});
  }
  text_ += piece;
}

void MappedText::truncate(std::size_t size) {
  while (!runs_.empty() && runs_.back().begin >= size) runs_.pop_back();
  if (!runs_.empty() && runs_.back().even) {
    Run& last = runs_.back();
    last.origin.end = std::min(last.origin.end, last.origin.begin + (size - last.begin));
  }
  text_.resize(size);
}

MappedText fold_view(std::string_view source) { return Folder(source).run(); }

MappedText words_view(const MappedText& folded) {
  MappedText out;
  const std::string_view text = folded.text();
  out.reserve(text.size() + 2);
  out.append(" ", {});
  bool gap = false;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = utf8::decode(text, at);
    const Span here{.begin = at, .end = at + point.length};
    at = here.end;
    if (!is_letter_or_digit(point.value)) {
      gap = out.text().size() > 1;
      continue;
    }
    const Span origin = folded.original(here);
    if (gap) out.append(" ", {.begin = origin.begin, .end = origin.begin});
    gap = false;
    end = origin.end;
    out.append(text.substr(here.begin, here.size()), origin);
  }
  out.append(" ", {.begin = end, .end = end});
  return out;
}

MappedText squash_view(const MappedText& folded) {
  MappedText out;
  const std::string_view text = folded.text();
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto point = utf8::decode(text, at);
    const Span here{.begin = at, .end = at + point.length};
    at = here.end;
    if (is_letter(point.value))
      out.append(text.substr(here.begin, here.size()), folded.original(here));
  }
  return out;
}

MappedText raw_view(std::string_view source) {
  MappedText out;
  if (utf8::is_valid(source)) {
    out.append(source, {.begin = 0, .end = source.size()});
    return out;
  }
  for (std::size_t at = 0; at < source.size();) {
    const auto point = utf8::decode(source, at);
    const Span origin{.begin = at, .end = at + point.length};
    out.append(point.valid ? source.substr(at, point.length) : "\xEF\xBF\xBD", origin);
    at = origin.end;
  }
  return out;
}

}  // namespace qanat::classifier
