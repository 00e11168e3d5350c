#include "app/label_doubts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

#include "app/units.h"
#include "base/edit_distance.h"
#include "base/names.h"
#include "base/utf8.h"

namespace qanat::app {
namespace {

/// As the classifier names them; empty: nobody said.
constexpr std::array<std::string_view, 4> kPostLanguages{"", "ru", "en", "other"};

std::string doubt_about_spans(const classifier::LabelledPost& label) {
  const auto ads = std::ranges::count(label.spans, RemovedKind::ad, &LabelledSpan::kind);
  const std::string named = "`label` is " + std::string(name_of(label.label));
  if (label.label == Label::mixed && ads == 0) {
    return named + ", but no span of kind ad says which part promotes";
  }
  const bool keeps_all = label.label == Label::qa || label.label == Label::other;
  if (!keeps_all || ads == 0) return {};
  return named + ", but of the text " + counted(ads, "span") + " of kind ad must go: is it mixed?";
}

std::string doubt_about_overlap(const classifier::LabelledPost& label) {
  std::vector<Span> spans;
  spans.reserve(label.spans.size());
  for (const LabelledSpan& part : label.spans) spans.push_back(part.span);
  std::ranges::sort(spans, {}, &Span::begin);
  const auto overlap = std::ranges::adjacent_find(
      spans, [](const Span& left, const Span& right) { return right.begin < left.end; });
  if (overlap == spans.end()) return {};
  const utf8::OffsetMap offsets(label.text);
  const auto words = [&](const Span& span) {
    return std::to_string(offsets.to_code_points(span.begin)) + "…" +
           std::to_string(offsets.to_code_points(span.end));
  };
  return "the spans " + words(*overlap) + " and " + words(*std::next(overlap)) + " overlap";
}

}  // namespace

std::vector<std::string> doubts_about(const nlohmann::json& object,
                                      const classifier::LabelledPost& label) {
  std::vector<std::string> out = misspelt_keys(object, kLabelledPostKeys);
  for (std::string doubt : {doubt_about_spans(label), doubt_about_overlap(label)}) {
    if (!doubt.empty()) out.push_back(std::move(doubt));
  }
  if (std::ranges::find(kPostLanguages, label.lang) == kPostLanguages.end()) {
    out.push_back("`lang` is \"" + label.lang + "\", which no post has; write ru, en or other");
  }
  return out;
}

std::vector<std::string> misspelt_keys(const nlohmann::json& object,
                                       std::span<const std::string_view> known) {
  std::vector<std::string> out;
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(known, key) != known.end()) continue;
    const std::size_t slips = (key.size() + 1) / 3;
    const auto meant = std::ranges::find_if(known, [&](std::string_view each) {
      return !object.contains(each) && edit_distance(key, each) <= slips;
    });
    if (meant == known.end()) continue;
    out.push_back("`" + key + "` is no key that is read; did you mean `" + std::string(*meant) +
                  "`?");
  }
  return out;
}

}  // namespace qanat::app
