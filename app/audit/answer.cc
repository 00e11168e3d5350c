#include "app/audit/answer.h"

#include <algorithm>
#include <optional>
#include <ranges>

#include "base/ascii.h"
#include "base/number.h"

namespace qanat::app {
namespace {

/// Adds "4" or "4-6". False when it is neither, or no block of the post.
bool add_blocks(std::string_view text, std::size_t blocks, std::vector<std::size_t>& out) {
  const std::size_t dash = text.find('-');
  const auto first = read_number<std::size_t>(text.substr(0, dash));
  const auto last =
      dash == std::string_view::npos ? first : read_number<std::size_t>(text.substr(dash + 1));
  if (!first || !last || *first < 1 || *last < *first || *last > blocks) return false;
  for (std::size_t block = *first; block <= *last; ++block) out.push_back(block);
  return true;
}

/// Where the note begins: a '#' between quotes is a part of the post.
std::size_t find_note(std::string_view line) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') is_quoted = !is_quoted;
    if (line[i] == '#' && !is_quoted) return i;
  }
  return line.size();
}

/// Takes what stands between quotes out of `text`.
Result<std::vector<std::string>> take_quoted(std::string& text) {
  std::vector<std::string> out;
  for (std::size_t begin = text.find('"'); begin != std::string::npos; begin = text.find('"')) {
    const std::size_t end = text.find('"', begin + 1);
    if (end == std::string::npos) {
      return fail(Errc::usage, "a quote is missing: write the ad's words as \"Join … @chat\"");
    }
    out.push_back(text.substr(begin + 1, end - begin - 1));
    text.replace(begin, end + 1 - begin, " ");
  }
  return out;
}

Result<void> read_mixed(std::string_view typed, std::size_t blocks, Answer& answer) {
  std::string text(typed);
  auto words = take_quoted(text);
  if (!words) return fail(words.error());
  std::vector<std::size_t>& out = answer.ad_blocks;
  for (const auto part : std::views::split(text, ' ')) {
    const std::string_view word(part.begin(), part.end());
    if (!word.empty() && !add_blocks(word, blocks, out)) {
      return fail(Errc::usage,
                  "`" + std::string(word) + "` is not a block: blocks are numbered from 1 to " +
                      std::to_string(blocks));
    }
  }
  std::ranges::sort(out);
  const auto repeated = std::ranges::unique(out);
  out.erase(repeated.begin(), repeated.end());
  if (out.empty() && words->empty()) {
    return fail(Errc::usage,
                "name the blocks that are an ad after m: `m 2` or `m 2 4-5`, or its words: "
                "`m \"Join … @chat\"`");
  }
  if (out.size() == blocks) {
    return fail(Errc::usage,
                "if every block is an ad the post is not mixed; type a, or fewer blocks");
  }
  answer.ad_words = *std::move(words);
  return {};
}

std::optional<Answer> read_key(char key) {
  switch (key) {
    case 'q': return Answer{.label = Label::qa};
    case 'a': return Answer{.label = Label::ad};
    case 'm': return Answer{.label = Label::mixed};
    case 'o': return Answer{.label = Label::other};
    case '?': return Answer{.kind = Answer::Kind::cannot_tell};
    case 's': return Answer{.kind = Answer::Kind::skip};
    case 'u': return Answer{.kind = Answer::Kind::undo};
    case 'h': return Answer{.kind = Answer::Kind::guideline};
    case 'x': return Answer{.kind = Answer::Kind::stop};
    default: return std::nullopt;
  }
}

}  // namespace

Result<Answer> parse_answer(std::string_view line, std::size_t blocks) {
  const std::size_t hash = find_note(line);
  const std::string_view typed = trimmed_ascii(line.substr(0, hash));
  auto answer = typed.empty() ? std::nullopt : read_key(typed.front());
  const bool mixed = answer && answer->kind == Answer::Kind::label && answer->label == Label::mixed;
  const bool more = typed.size() > 1;
  if (!answer || (more && (!mixed || typed[1] != ' '))) {
    return fail(Errc::usage, "type one of q a m o ? s u h x, then Enter");
  }
  if (hash < line.size()) answer->note = trimmed_ascii(line.substr(hash + 1));
  if (!mixed) return *std::move(answer);
  if (auto read = read_mixed(typed.substr(1), blocks, *answer); !read) return fail(read.error());
  return *std::move(answer);
}

}  // namespace qanat::app
