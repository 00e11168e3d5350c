#include "export/redaction/placeholders.h"

#include <algorithm>

namespace qanat::exporting {

ReplacedText::ReplacedText(std::string_view text,
                           const std::vector<std::pair<Finding, std::string>>& placeholders) {
  std::size_t at = 0;
  for (const auto& [finding, placeholder] : placeholders) {
    text_ += text.substr(at, finding.span.begin - at);
    const std::size_t begin = text_.size();
    text_ += placeholder;
    replacements_.push_back({.before = finding.span, .after = {begin, text_.size()}});
    at = finding.span.end;
  }
  text_ += text.substr(at);
}

std::size_t ReplacedText::moved(std::size_t offset, Side side) const {
  const auto next = std::ranges::upper_bound(
      replacements_, offset, {}, [](const Replacement& one) { return one.before.begin; });
  if (next == replacements_.begin()) return offset;
  const Replacement& last = *std::prev(next);
  if (offset >= last.before.end) return last.after.end + (offset - last.before.end);
  const bool front = offset == last.before.begin || side == Side::front;
  return front ? last.after.begin : last.after.end;
}

Span ReplacedText::cover(Span span) const {
  return {moved(span.begin, Side::front), moved(span.end, Side::back)};
}

Span ReplacedText::part(Span span) const {
  return {moved(span.begin, Side::back), moved(span.end, Side::back)};
}

const std::string& Placeholders::of(const Finding& finding) {
  std::string& placeholder = by_value_[{finding.kind, finding.value}];
  if (placeholder.empty()) {
    std::string name(name_of(finding.kind));
    std::ranges::transform(
        name, name.begin(), [](char letter) { return static_cast<char>(letter - 'a' + 'A'); });
    placeholder = "[" + name + "_" + std::to_string(++counts_[finding.kind]) + "]";
  }
  return placeholder;
}

}  // namespace qanat::exporting
