#pragma once

#include <string>
#include <vector>

#include "classifier/engine.h"
#include "classifier/rule_set.h"

/// Small packs and posts for tests of the rule language.
namespace qanat::test {

/// A pack.toml for the folder ("" or "ru/"); `languages` as TOML, e.g. "['ru']".
[[nodiscard]] classifier::PackFile pack_file(const std::string& folder = "",
                                             const std::string& languages = "[]");

/// A pack of one file of rules.
[[nodiscard]] std::vector<classifier::PackFile> pack_of(const std::string& rules);

/// A whole [[rule]] around the lines that matter, with status shadow: no examples are asked for.
[[nodiscard]] std::string rule(const std::string& id, const std::string& lines);

/// Compiles, or fails the case with the pack's findings.
[[nodiscard]] classifier::RuleSet compiled(const std::vector<classifier::PackFile>& files);

/// A post whose blocks are the given texts; the strings must outlive it.
[[nodiscard]] classifier::PostView post_of(const std::vector<std::string>& blocks);

/// Whether a text has a part; shows the text when the case fails.
[[nodiscard]] bool has(const std::string& text, const std::string& part);

/// "id" of each match that counts in the block, "id!" of each that was held back, in order.
[[nodiscard]] std::vector<std::string> fired(const classifier::RuleSet& rules,
                                             const std::vector<classifier::RuleMatch>& matches);

/// The fired rules of a post of one block.
[[nodiscard]] std::vector<std::string> fired_on(const classifier::RuleSet& rules,
                                                const std::string& text);

/// Text of random words and signs: Cyrillic, Latin, twins, marks, emoji, invisible characters, and
/// the given `words` among them. The same `seed` gives the same text.
[[nodiscard]] std::string random_text(unsigned seed,
                                      std::size_t pieces,
                                      const std::vector<std::string>& words = {});

}  // namespace qanat::test
