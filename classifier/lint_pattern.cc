#include "classifier/lint_pattern.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>

#include <utf8proc.h>

#include "base/utf8.h"
#include "classifier/homoglyphs.h"
#include "classifier/pattern.h"

namespace qanat::classifier {
namespace {

constexpr int kLargestProgram = 2000;
constexpr int kLargestGap = 8;
constexpr std::size_t kShortestSquashed = 6;
constexpr std::string_view kSmaller = "split it, use a list, or name letters instead of \\p{L}";

/// One step of a pattern: an escape, a character class, a group's opening, or one character.
struct Piece {
  enum class Kind { character, escape, char_class, group, quantifier };
  Kind kind = Kind::character;
  std::string_view text;
};

std::size_t class_end(std::string_view rest) {
  std::size_t at = 1;
  if (at < rest.size() && rest[at] == '^') ++at;
  if (at < rest.size() && rest[at] == ']') ++at;
  while (at < rest.size() && rest[at] != ']') {
    if (rest[at] == '\\') ++at;
    const auto named = rest.substr(std::min(at, rest.size()), 2) == "[:" ? rest.find(":]", at)
                                                                         : std::string_view::npos;
    at = named == std::string_view::npos ? at + 1 : named + 2;
  }
  return std::min(at + 1, rest.size());
}

/// `\pL`, `\p{Greek}`, `\x{410}`, `\Q…\E` or a backslash and one character.
std::size_t escape_end(std::string_view rest) {
  if (rest.size() < 2) return rest.size();
  if (rest[1] == 'Q') {
    const auto end = rest.find("\\E");
    return end == std::string_view::npos ? rest.size() : end + 2;
  }
  const bool braces =
      rest.size() > 2 && rest[2] == '{' && (rest[1] == 'p' || rest[1] == 'P' || rest[1] == 'x');
  if (braces) return std::min(rest.find('}'), rest.size() - 1) + 1;
  if (rest[1] == 'p' || rest[1] == 'P') return std::min<std::size_t>(3, rest.size());
  return 1 + utf8::decode(rest, 1).length;
}

/// "(?i:" and the like, "(?P<Name>": their letters are no letters of the text.
std::size_t group_end(std::string_view rest) {
  if (!rest.starts_with("(?")) return 1;
  if (rest.starts_with("(?P<")) return std::min(rest.find('>'), rest.size() - 1) + 1;
  return std::min(rest.find_first_of(":)"), rest.size() - 1) + 1;
}

std::size_t quantifier_end(std::string_view rest) {
  std::size_t end = rest.front() == '{' ? std::min(rest.find('}'), rest.size() - 1) + 1 : 1;
  if (end < rest.size() && rest[end] == '?') ++end;
  return end;
}

bool is_quantifier(std::string_view rest) {
  if (rest.front() == '*' || rest.front() == '+' || rest.front() == '?') return true;
  return rest.front() == '{' && rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9';
}

Piece next_piece(std::string_view rest) {
  if (rest.front() == '\\') return {Piece::Kind::escape, rest.substr(0, escape_end(rest))};
  if (rest.front() == '[') return {Piece::Kind::char_class, rest.substr(0, class_end(rest))};
  if (rest.front() == '(') return {Piece::Kind::group, rest.substr(0, group_end(rest))};
  if (is_quantifier(rest)) return {Piece::Kind::quantifier, rest.substr(0, quantifier_end(rest))};
  return {Piece::Kind::character, rest.substr(0, utf8::decode(rest, 0).length)};
}

std::vector<Piece> pieces_of(std::string_view pattern) {
  std::vector<Piece> pieces;
  while (!pattern.empty()) {
    pieces.push_back(next_piece(pattern));
    pattern.remove_prefix(pieces.back().text.size());
  }
  return pieces;
}

/// How often at most; nothing for "without end".
std::optional<int> upper_bound_of(std::string_view quantifier) {
  if (quantifier.front() == '?') return 1;
  if (quantifier.front() != '{') return std::nullopt;
  const auto comma = quantifier.find(',');
  const auto begin = comma == std::string_view::npos ? 1 : comma + 1;
  int value = 0;
  const auto [end, error] =
      std::from_chars(quantifier.data() + begin, quantifier.data() + quantifier.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

bool is_capital(char32_t value) {
  return utf8proc_tolower(static_cast<utf8proc_int32_t>(value)) !=
         static_cast<utf8proc_int32_t>(value);
}

std::string composed_text(const std::string& text) {
  struct Free {
    void operator()(utf8proc_uint8_t* bytes) const {
      std::free(bytes);  // NOLINT(cppcoreguidelines-no-malloc): utf8proc's own contract
    }
  };
  const std::unique_ptr<utf8proc_uint8_t, Free> composed(
      utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str())));
  return composed ? reinterpret_cast<const char*>(composed.get()) : text;
}

template <class Visit>
void each_character(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const auto point = utf8::decode(text, at);
    at += point.length;
    visit(point.value);
  }
}

class Traps {
 public:
  explicit Traps(View view) : view_(view) {}

  void add(std::string problem, std::string remedy) {
    const auto same = [&](const PatternTrap& trap) { return trap.problem == problem; };
    if (std::ranges::any_of(found_, same)) return;
    found_.push_back({.problem = std::move(problem), .remedy = std::move(remedy)});
  }

  /// Characters that the view's text never holds.
  void check_characters(std::string_view text) {
    if (view_ == View::raw) return;
    each_character(text, [this](char32_t value) { check_character(value); });
  }

  void check_composed(const std::string& text) {
    if (view_ != View::raw && composed_text(text) != text) {
      add("letters and their marks are written apart (not NFC)",
          "write й, ё and the like as one character");
    }
  }

  /// Words of both alphabets, in what is left of a pattern without classes and escapes.
  void check_scripts(std::string_view text) {
    bool latin = false;
    bool cyrillic = false;
    each_character(std::string(text) + " ", [&](char32_t value) {
      const Script script = script_of(value);
      latin = script == Script::latin || (latin && script != Script::neither);
      cyrillic = script == Script::cyrillic || (cyrillic && script != Script::neither);
      if (latin && cyrillic && view_ != View::raw) {
        add("a word mixes Latin and Cyrillic letters",
            "write it in one alphabet: texts are repaired");
      }
    });
  }

  std::vector<PatternTrap> take() && { return std::move(found_); }
  [[nodiscard]] View view() const { return view_; }

 private:
  void check_character(char32_t value) {
    if (value == U'ё' || value == U'Ё') {
      add("ё is е in the " + std::string(view_name(view_)) + " view", "write е");
    } else if (is_capital(value)) {
      add("a capital letter: the " + std::string(view_name(view_)) + " view is lower case",
          "write it in lower case, or use view = \"raw\"");
    } else {
      check_folded(value);
    }
  }

  void check_folded(char32_t value) {
    std::string written;
    utf8::append(written, value);
    const MappedText folded = fold_view(written);
    if (folded.text() == written) return;
    if (folded.text().empty()) {
      add("an invisible character", "remove it: views have none");
    } else if (folded.text() == " ") {
      add("a no-break space or another blank", "write a plain space: views have no other");
    } else {
      add("a character that the view rewrites",
          "write \" and ' for quotes, - for dashes, ... for …");
    }
  }

  View view_;
  std::vector<PatternTrap> found_;
};

void check_escape(std::string_view escape, bool ascii, Traps& traps) {
  const std::string shown(escape);
  if (escape == "\\b" || escape == "\\B") {
    traps.add(shown + " knows only ASCII letters: beside Cyrillic it does the reverse",
              "leave it out: words = \"whole\" (start, end, part) sets the edges of words");
  } else if (escape == "\\C") {
    traps.add(shown + " is a byte and cuts letters in two", "write . for any character");
  } else if (escape == "\\w" || escape == "\\W") {
    traps.add(shown + " knows only ASCII letters", "write [0-9a-zа-я] or [^0-9a-zа-я]");
  } else if ((escape == "\\d" || escape == "\\D") && !ascii) {
    traps.add(shown + " beside letters that are not ASCII", "write [0-9] or [^0-9]");
  } else if ((escape == "\\s" || escape == "\\S") && !ascii) {
    traps.add(shown + " knows only ASCII blanks",
              R"(write a plain space (views have no other), \n for a line break)");
  }
}

void check_class(std::string_view text, Traps& traps) {
  if (text.find("[:", 1) != std::string_view::npos) {
    traps.add("[[:…:]] knows only ASCII characters", "name the letters: [a-zа-я]");
  }
  if (text.find("\\w") != std::string_view::npos || text.find("\\W") != std::string_view::npos) {
    check_escape("\\w", false, traps);
  }
  const bool cyrillic_range = text.find("а-я") != std::string_view::npos;
  if (traps.view() == View::raw && cyrillic_range && text.find("ё") == std::string_view::npos) {
    traps.add("[а-я] lacks ё", "write [а-яё]");
  }
  std::string plain(text);
  for (auto at = plain.find('\\'); at != std::string::npos && at + 1 < plain.size();
       at = plain.find('\\', at)) {
    plain.erase(at, 2);
  }
  traps.check_characters(plain);
}

/// A gap is whatever matches nearly anything, many times: the engine has `near` for it.
bool is_wide(const Piece& piece) {
  if (piece.text == ".") return true;
  if (piece.kind == Piece::Kind::char_class) return piece.text.starts_with("[^");
  return piece.text == "\\D" || piece.text == "\\S" || piece.text == "\\W" ||
         piece.text.starts_with("\\P");
}

void check_gap(const Piece& piece, const Piece& quantifier, Traps& traps) {
  if (!is_wide(piece)) return;
  const auto bound = upper_bound_of(quantifier.text);
  if (bound && *bound <= kLargestGap) return;
  traps.add("the gap " + std::string(piece.text) + std::string(quantifier.text) +
                " makes matching slow and hits by chance",
            "use near = { a = […], b = […], chars = 40 }, or at most {0,8}");
}

void check_group(std::string_view group, Traps& traps) {
  const bool flags = group.starts_with("(?") && !group.starts_with("(?P");
  if (flags && traps.view() != View::raw && group.substr(0, group.find('-')).contains('i')) {
    traps.add("(?i) has no effect: the view is lower case", "remove it");
  }
}

/// The letters that stand in the pattern for themselves, other things as blanks.
std::string plain_letters(const std::vector<Piece>& pieces) {
  std::string out;
  for (const Piece& piece : pieces) {
    if (piece.kind == Piece::Kind::character) {
      out += piece.text;
    } else if (piece.kind != Piece::Kind::quantifier) {
      out += ' ';
    }
  }
  return out;
}

void check_pieces(const std::string& pattern, Traps& traps) {
  const std::vector<Piece> pieces = pieces_of(pattern);
  const bool ascii = is_ascii(pattern);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Piece::Kind::escape) check_escape(piece.text, ascii, traps);
    if (piece.kind == Piece::Kind::char_class) check_class(piece.text, traps);
    if (piece.kind == Piece::Kind::group) check_group(piece.text, traps);
    if (piece.kind == Piece::Kind::quantifier && i > 0) check_gap(pieces[i - 1], piece, traps);
  }
  const std::string letters = plain_letters(pieces);
  traps.check_characters(letters);
  traps.check_scripts(letters);
}

}  // namespace

std::vector<PatternTrap> pattern_traps(const std::string& pattern, View view) {
  const PatternFacts facts = examine_pattern(pattern);
  Traps traps(view);
  if (!facts.error.empty()) {
    const bool too_large = facts.error.contains("too large");
    traps.add("RE2 rejects the pattern: " + facts.error,
              too_large ? std::string(kSmaller)
                        : "RE2 has no lookaround, backreferences or \\Z; see docs/rules.md");
    return std::move(traps).take();
  }
  if (facts.matches_empty) {
    traps.add("the pattern matches the empty text", "require at least one character");
  }
  if (facts.program_size > kLargestProgram) {
    traps.add("the pattern is too large (" + std::to_string(facts.program_size) + " instructions)",
              std::string(kSmaller));
  }
  if (view == View::squash) {
    traps.add("the squash view takes plain strings only", "use `literals`");
  }
  traps.check_composed(pattern);
  check_pieces(pattern, traps);
  return std::move(traps).take();
}

std::vector<PatternTrap> literal_traps(const std::string& literal, View view) {
  Traps traps(view);
  if (literal.empty()) traps.add("the string is empty", "remove it");
  traps.check_composed(literal);
  traps.check_characters(literal);
  traps.check_scripts(literal);
  if (view != View::squash || literal.empty()) return std::move(traps).take();
  if (utf8::length(literal) < kShortestSquashed) {
    traps.add("fewer than 6 letters hit by chance in the squash view", "use a longer word");
  }
  if (squash_view(fold_view(literal)).text() != fold_view(literal).text()) {
    traps.add("the squash view holds letters only", "remove the rest");
  }
  return std::move(traps).take();
}

}  // namespace qanat::classifier
