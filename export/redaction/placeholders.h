#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "export/redaction/finding.h"

namespace qanat::exporting {

/// A part of a text that a placeholder took the place of.
struct Replacement {
  Span before;
  Span after;
};

/// A text with its placeholders. Spans of the text as it was are moved to where they lie now.
class ReplacedText {
 public:
  /// `findings` in text order, disjoint, each with its placeholder.
  ReplacedText(std::string_view text,
               const std::vector<std::pair<Finding, std::string>>& placeholders);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Replacement>& replacements() const { return replacements_; }

  /// Holds every placeholder that `span` touched, whole.
  [[nodiscard]] Span cover(Span span) const;

  /// For spans that are disjoint, or tile the text, and still shall: a placeholder across their
  /// border falls to the earlier one.
  [[nodiscard]] Span part(Span span) const;

 private:
  enum class Side { front, back };
  [[nodiscard]] std::size_t moved(std::size_t offset, Side side) const;

  std::string text_;
  std::vector<Replacement> replacements_;
};

/// The placeholders of one post: a value keeps the one that it got first.
class Placeholders {
 public:
  /// "[PHONE_1]".
  [[nodiscard]] const std::string& of(const Finding& finding);

  /// How many values of each kind have one.
  [[nodiscard]] const std::map<PersonalKind, int>& counts() const { return counts_; }

 private:
  std::map<std::pair<PersonalKind, std::string>, std::string> by_value_;
  std::map<PersonalKind, int> counts_;
};

}  // namespace qanat::exporting
