#include "app/vocabulary_file.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

#include "app/input.h"
#include "app/post_input.h"
#include "app/units.h"

namespace qanat::app {
namespace {

constexpr std::string_view kBase = "*";
constexpr std::string_view kLearnedBy = "# Learned by `qanat rules vocabulary";
constexpr std::string_view kOfKnowledge = " --subject knowledge";

/// As the first line says.
classifier::VocabularySubject subject_of(std::string_view line) {
  return line.find(kOfKnowledge) == std::string_view::npos
             ? classifier::VocabularySubject::advertising
             : classifier::VocabularySubject::knowledge;
}

/// Takes what stands before the next tab off `line`.
std::string_view take_column(std::string_view& line) {
  const std::size_t tab = std::min(line.find('\t'), line.size());
  const std::string_view column = line.substr(0, tab);
  line.remove_prefix(std::min(tab + 1, line.size()));
  return column;
}

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out);
  return error == std::errc{} && stop == end;
}

Result<classifier::LearnedPart> read_part(std::string_view line) {
  classifier::LearnedPart part{.text = std::string(take_column(line))};
  bool is_read = !part.text.empty() && read_number(take_column(line), part.weight);
  if (part.text != kBase) is_read = is_read && read_number(take_column(line), part.rarity);
  for (std::size_t* count : {&part.posts, &part.speaking, &part.channels}) {
    is_read = is_read && (line.empty() || read_number(take_column(line), *count));
  }
  if (is_read) return part;
  return fail(Errc::usage,
              "not a line of a vocabulary; write a part of words, a tab, whole milli-logits, a tab "
              "and its rarity in thousandths");
}

}  // namespace

std::string vocabulary_tsv(const classifier::LearnedVocabulary& learned) {
  const bool knowledge = learned.subject == classifier::VocabularySubject::knowledge;
  std::string out = std::string(kLearnedBy) + std::string(knowledge ? kOfKnowledge : "") +
                    "` from " + counted(learned.passages, "post") +
                    ".\n# part of words\tmilli-logits\trarity\tposts that have it\tof them " +
                    (knowledge ? "Q&A" : "promotions") + "\tchannels\n";
  out.append(kBase).append("\t") += std::to_string(learned.weighed.base) + "\n";
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
  auto in = open_file(path);
  if (!in) return fail(in.error());
  classifier::WeighedParts out;
  const auto take = [&](const std::string& line) -> Result<void> {
    if (line.starts_with(kLearnedBy) && subject_of(line) != subject) {
      return fail(Errc::usage, "learned for another --subject; start from one of the same");
    }
    if (line.starts_with('#')) return {};
    auto part = read_part(line);
    if (!part) return fail(part.error());
    if (part->text == kBase) {
      out.base = part->weight;
    } else {
      out.parts.push_back(*std::move(part));
    }
    return {};
  };
  if (auto read = for_each_line(*in, path, take); !read) return fail(read.error());
  return out;
}

}  // namespace qanat::app
