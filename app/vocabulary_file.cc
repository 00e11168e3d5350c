#include "app/vocabulary_file.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>

#include "app/input.h"
#include "app/rule_packs.h"
#include "app/units.h"
#include "base/number.h"
#include "classifier/vocabulary.h"

namespace qanat::app {
namespace {

constexpr std::string_view kLearnedBy = "# Learned by `qanat rules vocabulary";
constexpr std::string_view kOfKnowledge = " --subject knowledge";

/// Whether `text` says that it was learned for another subject than `wanted`.
bool is_for_another(std::string_view text, classifier::VocabularySubject wanted) {
  const std::size_t at = std::min(text.find(kLearnedBy), text.size());
  const std::string_view line = text.substr(at, text.find('\n', at) - at);
  const bool knowledge = line.find(kOfKnowledge) != std::string_view::npos;
  return !line.empty() && knowledge != (wanted == classifier::VocabularySubject::knowledge);
}

/// Takes the next of the columns for people; 0 where it is missing or no count.
std::size_t take_count(std::string_view& columns) {
  const std::size_t tab = std::min(columns.find('\t'), columns.size());
  const auto count = read_number<std::size_t>(columns.substr(0, tab));
  columns.remove_prefix(std::min(tab + 1, columns.size()));
  return count.value_or(0);
}

classifier::LearnedPart learned_of(const classifier::ListedPart& listed) {
  std::string_view columns = listed.more;
  return {.text = listed.known.part.text(),
          .weight = listed.known.weight,
          .rarity = listed.known.rarity,
          .posts = take_count(columns),
          .speaking = take_count(columns),
          .channels = take_count(columns)};
}

}  // namespace

std::string vocabulary_tsv(const classifier::LearnedVocabulary& learned) {
  const bool knowledge = learned.subject == classifier::VocabularySubject::knowledge;
  std::string out = std::string(kLearnedBy) + std::string(knowledge ? kOfKnowledge : "") +
                    "` from " + counted(learned.passages, "post") +
                    ".\n# part of words\tmilli-logits\trarity\tposts that have it\tof them " +
                    (knowledge ? "Q&A" : "promotions") + "\tchannels\n";
  out.append(classifier::kBaseText).append("\t") += std::to_string(learned.weighed.base) + "\n";
  for (const classifier::LearnedPart& part : learned.weighed.parts) {
    out += part.text;
    for (const std::int64_t column : {static_cast<std::int64_t>(part.weight),
                                      static_cast<std::int64_t>(part.rarity),
                                      static_cast<std::int64_t>(part.posts),
                                      static_cast<std::int64_t>(part.speaking),
                                      static_cast<std::int64_t>(part.channels)}) {
      out.append("\t").append(std::to_string(column));
    }
    out += "\n";
  }
  return out;
}

Result<classifier::WeighedParts> read_vocabulary(const std::string& path,
                                                 classifier::VocabularySubject subject) {
  const auto text = read_file(path, kPackFileCap);
  if (!text) return fail(text.error());
  if (is_for_another(*text, subject)) {
    return fail(Errc::usage, path + ": learned for another --subject; start from one of the same");
  }
  classifier::WeighedParts out;
  std::set<classifier::WordPart> seen;
  classifier::Findings findings;
  const auto take = [&](const classifier::ListedPart& listed) {
    out.parts.push_back(learned_of(listed));
    return seen.insert(listed.known.part).second;
  };
  out.base = classifier::for_each_listed_part(path, *text, findings, take);
  if (findings.fatal()) return fail(Errc::usage, findings.message());
  return out;
}

}  // namespace qanat::app
