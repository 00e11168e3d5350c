#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "export/redaction/finding.h"
#include "export/redaction/placeholders.h"

namespace qanat::exporting {

/// One record being redacted: its placeholders, and which handles of it are public.
class PostRedaction {
 public:
  /// `channels` live as long as this.
  PostRedaction(const std::set<std::string>& channels, const Post& post);

  /// The record redacted.
  void redact(Record& record);

  [[nodiscard]] const std::map<PersonalKind, int>& counts() const { return placeholders_.counts(); }

 private:
  [[nodiscard]] bool is_public(const Finding& finding) const;
  [[nodiscard]] ReplacedText replaced(std::string_view text, std::vector<Finding> findings);
  void remember(std::string_view text, const std::vector<Finding>& findings);
  void add_remembered(std::string_view field, std::vector<Finding>& findings) const;

  ReplacedText redact_text(Post& post);
  void redact_field(std::string& field, std::span<const Entity> entities = {});
  void redact_address(std::string& url);
  void redact_link(Link& link, const ReplacedText& text);
  void redact_surroundings(Post& post);
  void redact_verdict(Verdict& verdict, const ReplacedText& text);
  void redact_hits(std::vector<RuleHit>& hits, const ReplacedText& text);

  const std::set<std::string>& channels_;
  std::set<std::string> public_names_;  ///< that the post itself shows to be public
  Placeholders placeholders_;
  /// What was taken out of the text, as it was written: no other field of the post keeps it.
  std::map<std::string, Finding, std::less<>> taken_;
};

}  // namespace qanat::exporting
