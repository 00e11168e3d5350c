#include "classifier/code_lines.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>

#include <re2/re2.h>

#include "base/utf8.h"
#include "classifier/characters.h"

namespace qanat::classifier {
namespace {

/// What only code begins with, in the languages that Q&A channels quote most.
const RE2& sure_openings() {
  static const RE2 pattern(
      R"(^(?:>>> [!-~]|\$ [\w./~]|#!|/\*|#include|\{\{|\}|\]\)?,?$|</?[a-z!][^>]*>|)"
      R"((?:async )?def \w+ ?\(|class \w+ ?(?:[({]|:$)|(?:async )?function\*? ?\w* ?\(|)"
      R"((?:const|let|var) (?:\w+ ?(?::|=)|[\[{])|(?:else|try|finally):$|print ?\(|)"
      R"((?:console|System)\.\w|std::|func (?:\(\w+ \*?\w+\) )?\w+\(|fn \w+ ?[<(]|)"
      R"(return [\w"'(\[{-]+[^ ]*;?$|chmod [+\d]|package (?:main|[\w.]+;|\w+\.[\w.]+)$|)"
      R"(from [\w.]+ import |import (?:static |[({"']|[\w*{}, ]+ from ["'])|)"
      R"(import \w[\w.*]*\b\*?(?: as \w+)?(?:, ?\w[\w.]*(?: as \w+)?)*;?$|)"
      R"(SELECT .*\bFROM\b|SELECT (?:DISTINCT )?(?:\*|[\w."`]+(?:,|\(|$))|)"
      R"(INSERT INTO |CREATE (?:TABLE|INDEX) |UPDATE \w+ SET |DELETE FROM |)"
      R"(FROM [A-Z]*[a-z_\d"`][\w.:/"`-]*(?: (?:AS )?[\w.]+)?(?: [A-Z]{4,} .*)?[,;)]?$|)"
      R"(WHERE .*(?:[=<>]|\b(?:IN|LIKE|IS|BETWEEN|EXISTS)\b)|)"
      R"(@(?:Override|Bean|Autowired|Component|Service|Repository|(?:Rest)?Controller|Configuration|)"
      R"(Transactional|Entity|Id|(?:Parameterized)?Test|(?:Before|After)(?:Each|All)|Deprecated|)"
      R"(Nullable|NotNull|Data|Builder|Inject|Injectable|Singleton|SpringBootApplication|)"
      R"(property|(?:static|class|abstract)method|dataclass|(?:cached_|lru_)?(?:property|cache)|)"
      R"(override|media|font-face|keyframes)$))");
  return pattern;
}

/// What words begin with, too.
const RE2& weak_openings() {
  static const RE2 pattern(
      R"(^(?:import [\w.{*"']|(?:for|while|if|elif|with|except|match|case)\b.*:$|function\b|return \w|)"
      R"(class \w+ ?:|(?:public|private|protected) |package \w+$|SELECT |FROM \w|WHERE \w|)"
      R"((?:(?:LEFT|RIGHT|INNER|FULL|CROSS) )?(?:OUTER )?JOIN \w|(?:GROUP|ORDER) BY \w|HAVING |LIMIT \d|)"
      R"((?:RUN|COPY|ADD|CMD|WORKDIR|ENV|EXPOSE|ENTRYPOINT|ARG) [\w./\[]|)"
      R"((?:sudo|pip3?|npm|npx|yarn|docker|kubectl|git|curl|wget|apt(?:-get)?|brew|chmod|ssh|cargo|go) [\w./-]))");
  return pattern;
}

/// "name = …" and "a -> b": the left side and the right one.
const RE2& assignment() {
  static const RE2 pattern(R"(^([A-Za-z_][\w.\[\]"', ]*?) ?(?:[-+*/|&]?=|:=|->|=>) ?([^=\s].*)$)");
  return pattern;
}

/// What code consists of: a call that ends the line, a brace or semicolon at the end, a key.
const RE2& weak_shapes() {
  static const RE2 pattern(
      R"(^(?:@?[A-Za-z_][\w.]*\(.*\)[;:,]?$|[\x20-\x7E]*[{};]$|["'][^"']*["']: .*,?$))");
  return pattern;
}

/// A header of Python, whose parts are single words: "for x in y:", "with open(x) as y:", "if x:".
const RE2& headers() {
  static const RE2 pattern(
      R"(^(?:for [\w(][\w,() ]* in [^ ].*|with .*(?:\(| as ).*|(?:while|if|elif|except|match|case)\b.*):$)");
  return pattern;
}

/// Commands with one of their own words, a file, an option or a version behind them.
const RE2& commands() {
  static const RE2 pattern(
      R"(^(?:sudo \w|(?:pip3?|npm|npx|yarn|docker|kubectl|git|curl|wget|apt(?:-get)?|brew|chmod|ssh|cargo) (?:.* )?(?:-|[^ ]*[\w~.][/@:=]|[\d.+]+(?: |$)|[\w-]+\.[a-z]{1,4}\b)|)"
      R"((?:pip3?|npm|yarn|apt(?:-get)?|brew) (?:build-dep|source|ci|install|uninstall|add|remove|update|upgrade|list|freeze|show|search|start|test|init|run|audit|outdated|purge)\b|)"
      R"(docker (?:build|run|exec|ps|images|logs|compose|stop|start|rm|rmi|pull|push|inspect|network|volume|system|tag|login|info|version)\b|)"
      R"(kubectl (?:get|apply|describe|delete|create|scale|rollout|port-forward|logs|exec|config|edit|expose|top|drain|cordon)\b|)"
      R"(git (?:add|am|bisect|blame|branch|checkout|cherry-pick|clean|clone|commit|config|diff|fetch|init|log|merge|mv|pull|push|rebase|reflog|remote|reset|restore|revert|rm|show|stash|status|submodule|switch|tag|worktree)\b|)"
      R"(cargo (?:add|bench|build|check|clippy|doc|fmt|init|install|new|publish|run|test|update)\b|)"
      R"(go (?:run|build|test|get|install|vet|fmt|generate|list|mod|work|tool|env|version|doc|clean)(?:$| (?:tidy|init|download|vendor|[^ ]*[./-]))))");
  return pattern;
}

/// What names, calls and operators are written with, and hardly a sentence.
const RE2& code_punctuation() {
  static const RE2 pattern(
      R"([\w)\]][(\[]|[{}\\]|\$[A-Za-z_{(]|[=!<>:+*/-]=|\w ?= ?[\w"'({\[-]|&&|\|\||::|\w->\w|)"
      R"([a-z]_[a-z]|\+\+|\w--|--\w|""|''|=>)");
  return pattern;
}

/// Words that only code has, alone or as the last but one of a declaration.
const RE2& code_words() {
  static const RE2 pattern(
      R"(\b(?:int|void|bool|boolean|char|double|float|const|static|struct|enum|typedef|namespace|nullptr|)"
      R"(null|abstract|override|break|continue|extends|implements|throws|constexpr|mut|val|fun|)"
      R"(String|TABLE|SET|DROP|ALTER|COMMIT|ROLLBACK|BEGIN)\b)");
  return pattern;
}

/// "-40%", a price, the end of one sentence and the beginning of another: code has none.
const RE2& prose_signs() {
  static const RE2 pattern(
      R"(\d%(?:[.,!?]|$| \p{L})|[€£₽]|\$\d{2}|[.!?…] \p{Lu}|[\p{L})]\.\)?$|!$)");
  return pattern;
}

constexpr std::array<std::string_view, 44> kFunctionWords{
    "the",   "our", "you",   "your",   "yours", "we",   "us",    "to",    "of",    "it",   "its",
    "are",   "was", "will",  "be",     "can",   "they", "them",  "their", "an",    "that", "have",
    "has",   "had", "would", "should", "could", "what", "how",   "who",   "there", "here", "than",
    "about", "so",  "but",   "also",   "my",    "me",   "these", "those", "more",  "most", "every"};

/// Words of programming languages: they part the words of a sentence in code.
constexpr std::array<std::string_view, 106> kLanguageWords{
    "if",        "except",  "String",    "else",     "elif",     "for",     "while",
    "in",        "is",      "not",       "and",      "or",       "return",  "import",
    "from",      "as",      "with",      "raise",    "class",    "lambda",  "new",
    "const",     "let",     "var",       "int",      "long",     "short",   "char",
    "float",     "double",  "void",      "bool",     "unsigned", "static",  "final",
    "public",    "private", "protected", "abstract", "async",    "await",   "yield",
    "del",       "case",    "switch",    "throw",    "throws",   "extends", "implements",
    "typename",  "using",   "namespace", "auto",     "mut",      "pub",     "match",
    "where",     "use",     "None",      "True",     "False",    "null",    "true",
    "false",     "SELECT",  "FROM",      "WHERE",    "AND",      "OR",      "NOT",
    "NULL",      "IN",      "ON",        "AS",       "BY",       "ORDER",   "GROUP",
    "HAVING",    "JOIN",    "LEFT",      "RIGHT",    "INNER",    "OUTER",   "FULL",
    "CROSS",     "UNION",   "ALL",       "DISTINCT", "LIMIT",    "OFFSET",  "INTO",
    "VALUES",    "UPDATE",  "SET",       "DELETE",   "TABLE",    "PRIMARY", "KEY",
    "DEFAULT",   "IS",      "LIKE",      "BETWEEN",  "DESC",     "ASC",     "typeof",
    "instanceof"};

bool is_among(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// The part of a line before a comment: a Russian comment does not make code prose.
std::string_view before_comment(std::string_view line) {
  const std::size_t hash = line.find("# ");
  const std::size_t slashes = line.find("// ");
  return line.substr(0, std::min(hash, slashes));
}

bool holds_cyrillic(std::string_view text) { return holds_character(text, is_cyrillic); }

/// Strings emptied: what they hold is prose in any language.
std::string without_strings(std::string_view code) {
  static const RE2 strings(R"("[^"]*(?:"|$)|`[^`]*(?:`|$)|\B'[^']*'|«[^»]*»)");
  std::string bare(code);
  RE2::GlobalReplace(&bare, strings, "\"\"");
  return bare;
}

/// How much of a line reads like a sentence.
struct Wording {
  std::size_t run = 0;  ///< the most words side by side, numbers among them
  std::size_t function_words = 0;
  std::size_t cyrillic = 0;      ///< words
  std::size_t cyrillic_run = 0;  ///< the most of them side by side
};

/// Reads a line word by word.
class WordingReader {
 public:
  void read(std::string_view token) {
    const std::size_t begin = token.find_first_not_of("([{");
    const std::size_t end = token.find_last_not_of(",.:;!?)]}");
    if (begin == std::string_view::npos || end == std::string_view::npos || begin > end) {
      part();
      return;
    }
    if (begin > 0) part();
    read_word(token.substr(begin, end + 1 - begin));
    if (end + 1 < token.size()) part();
  }

  [[nodiscard]] const Wording& wording() const { return wording_; }

 private:
  void read_word(std::string_view word) {
    static const RE2 words(R"(\p{L}[\p{L}'’]+(?:-\p{L}+)*)");
    static const RE2 numbers(R"(\d+(?:[.,]\d+)?%?)");
    if (word.size() == 1 && is_letter(static_cast<unsigned char>(word.front()))) return;
    const bool is_word = RE2::FullMatch(word, words);
    if ((!is_word && !RE2::FullMatch(word, numbers)) || is_among(kLanguageWords, word)) {
      part();
      return;
    }
    wording_.run = std::max(wording_.run, ++run_);
    if (!holds_cyrillic(word)) {
      cyrillic_run_ = 0;
      wording_.function_words += is_word && is_function_word(word) ? 1 : 0;
      return;
    }
    ++wording_.cyrillic;
    wording_.cyrillic_run = std::max(wording_.cyrillic_run, ++cyrillic_run_);
  }

  static bool is_function_word(std::string_view word) {
    std::string lower(word);
    std::ranges::transform(lower, lower.begin(), [](char c) {
      return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
    return is_among(kFunctionWords, lower);
  }

  void part() { run_ = cyrillic_run_ = 0; }

  Wording wording_;
  std::size_t run_ = 0;
  std::size_t cyrillic_run_ = 0;
};

Wording wording_of(std::string_view bare) {
  WordingReader reader;
  while (!bare.empty()) {
    const std::size_t blank = std::min(bare.find(' '), bare.size());
    if (blank > 0) reader.read(bare.substr(0, blank));
    bare.remove_prefix(std::min(blank + 1, bare.size()));
  }
  return reader.wording();
}

bool tells_a_story(const Wording& words) {
  return words.function_words >= 2 || words.cyrillic_run >= 3;
}

bool is_assignment(std::string_view bare) {
  static const RE2 arrows(" [-=]> ");
  static const RE2 operators(R"(\w[(\[]|""|[;,]$| [-+*/%] )");
  re2::StringPiece left;
  re2::StringPiece right;
  if (!RE2::FullMatch(bare, assignment(), &left, &right)) return false;
  if (RE2::PartialMatch(bare, arrows) && !RE2::PartialMatch(right, operators)) return false;
  return wording_of({left.data(), left.size()}).run <= 2 &&
         wording_of({right.data(), right.size()}).run <= 1;
}

/// A statement that ends with ";": a free "lessons for beginners;" is none.
bool is_statement(std::string_view bare, const Wording& words) {
  static const RE2 bullet(R"(^[-*] )");
  static const RE2 style(R"(^[a-z-]+: .*;$)");
  if (RE2::PartialMatch(bare, bullet)) return false;
  if (RE2::PartialMatch(bare, code_punctuation())) return words.run <= 2;
  return words.run <= 1 && (RE2::PartialMatch(bare, code_words()) || RE2::FullMatch(bare, style));
}

/// Whether a second sign is in the line itself.
bool is_confirmed(std::string_view bare, const Wording& words) {
  if (RE2::PartialMatch(bare, commands())) return words.function_words == 0;
  if (RE2::PartialMatch(bare, headers())) return words.run <= 1;
  if (RE2::PartialMatch(bare, weak_openings())) {
    return words.run <= 2 &&
           (RE2::PartialMatch(bare, code_punctuation()) || RE2::PartialMatch(bare, code_words()));
  }
  if (RE2::FullMatch(bare, assignment())) return is_assignment(bare);
  return bare.ends_with(';') ? is_statement(bare, words) : words.run <= 2;
}

CodeSign weak_sign(std::string_view bare) {
  const Wording words = wording_of(bare);
  const bool prose =
      tells_a_story(words) || words.cyrillic >= 2 || RE2::PartialMatch(bare, prose_signs());
  if (prose) return CodeSign::none;
  return is_confirmed(bare, words) ? CodeSign::sure : CodeSign::weak;
}

}  // namespace

CodeSign code_sign(std::string_view whole, std::string_view text) {
  const std::string_view code = trimmed(before_comment(text));
  const bool indented = whole.starts_with("    ") || whole.starts_with('\t');
  if (code.empty()) return text.starts_with("# ") && indented ? CodeSign::sure : CodeSign::none;
  // All patterns begin with what a keyboard of programmers has.
  const bool ascii = static_cast<unsigned char>(code.front()) < 0x80;
  if (indented && !holds_cyrillic(code)) return CodeSign::sure;
  if (!ascii) return CodeSign::none;
  if (RE2::PartialMatch(code, sure_openings())) {
    return tells_a_story(wording_of(without_strings(code))) ? CodeSign::weak : CodeSign::sure;
  }
  const bool weak = RE2::PartialMatch(code, weak_openings()) ||
                    RE2::PartialMatch(code, assignment()) || RE2::PartialMatch(code, weak_shapes());
  return weak ? weak_sign(without_strings(code)) : CodeSign::none;
}

}  // namespace qanat::classifier
