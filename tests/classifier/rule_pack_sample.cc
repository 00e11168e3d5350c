#include "rule_pack_sample.h"

#include <random>

#include "support/catch.h"

namespace qanat::test {

using classifier::PackFile;
using classifier::PostView;
using classifier::RuleMatch;
using classifier::RuleSet;
using classifier::Scope;

PackFile pack_file(const std::string& folder, const std::string& languages) {
  return {.path = folder + "pack.toml",
          .text = "id = 'test'\nversion = '1.0.0'\nschema = 1\nlanguages = " + languages + "\n"};
}

std::vector<PackFile> pack_of(const std::string& rules) {
  return {pack_file(), {.path = "10-rules.toml", .text = rules}};
}

std::string rule(const std::string& id, const std::string& lines) {
  std::string text = "[[rule]]\nid = '" + id + "'\n";
  if (lines.find("label =") == std::string::npos) text += "label = 'ad'\n";
  if (lines.find("status =") == std::string::npos) text += "status = 'shadow'\n";
  if (lines.find("weight =") == std::string::npos) text += "weight = { init = 1000 }\n";
  return text + lines + "\n";
}

RuleSet compiled(const std::vector<PackFile>& files) {
  auto rules = RuleSet::compile(files);
  if (!rules) FAIL(rules.error().message);
  return *std::move(rules);
}

PostView post_of(const std::vector<std::string>& blocks) {
  PostView post{.channel = "some_channel", .lang = "ru"};
  std::size_t at = 0;
  for (const std::string& block : blocks) {
    const Span span{.begin = at, .end = at + block.size()};
    post.blocks.push_back({.evidence = {{.scope = Scope::text, .text = block, .span = span}}});
    at = span.end + 2;
  }
  return post;
}

std::vector<std::string> fired(const RuleSet& rules, const std::vector<RuleMatch>& matches) {
  std::vector<std::string> ids;
  for (const RuleMatch& match : matches) {
    ids.push_back(rules.rules().at(match.rule).id + (match.vetoed ? "!" : ""));
  }
  return ids;
}

std::vector<std::string> fired_on(const RuleSet& rules, const std::string& text) {
  const std::vector<std::string> blocks{text};
  return fired(rules, rules.match(post_of(blocks)).blocks.front());
}

std::string random_text(unsigned seed, std::size_t pieces, const std::vector<std::string>& words) {
  static const std::vector<std::string> kPieces{
      "а",    "Б",          "ё",    "Ё",  "й",  "и\u0306", "е\u0308", "a",      "o",      "C",
      "x",    "ﬁ",          "𝐁",    "ⓐ",  "Ａ", "é",       "e\u0301", "ß",      "1",      "_",
      "9",    " ",          "  ",   "\n", "\t", "\u00A0",  "\u2003",  "\u200B", "\u00AD", "\uFE0F",
      "👍🏽", "👨\u200D💻", "«",    "»",  "—",  "…",       "!",       ".",      "@",      "#",
      "%",    "\xD0",       "\xFF", "К",  "т",  "сkидка",  "п\u0301", "ѕ",      "і",      "Ⅷ",
      "¼"};
  std::mt19937 random(seed);
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) {
    const bool word = !words.empty() && random() % 3 == 0;
    const auto& from = word ? words : kPieces;
    text += from[random() % from.size()];
  }
  return text;
}

bool has(const std::string& text, const std::string& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace qanat::test
