#include "app/redact_report.h"

#include <utility>

#include "app/units.h"
#include "record/json.h"

namespace qanat::app {
namespace {

record::Json text_or_null(const std::string& text) {
  return text.empty() ? record::Json(nullptr) : record::Json(text);
}

record::Json target_json(const RedactedTarget& redacted) {
  const auto& [target, rows, same_as, notice_of, shown_in] = redacted;
  auto showing = record::Json::array();
  for (const PostId& post : shown_in) showing.push_back(post.str());
  return {{"id", target.str()},
          {"channel", target.channel.str()},
          {"post", target.post ? record::Json(*target.post) : record::Json(nullptr)},
          {"posts", rows.posts},
          {"labels", rows.labels},
          {"same_as", text_or_null(same_as)},
          {"notice_of", text_or_null(notice_of)},
          {"shown_in", std::move(showing)}};
}

std::string words_for(const RedactedTarget& redacted) {
  const auto& [target, rows, same_as, notice_of, shown_in] = redacted;
  std::string out = target.str() + ": ";
  out += rows.posts == 0 ? "not in the store" : counted(rows.posts, "post");
  if (rows.labels > 0) out += ", " + counted(rows.labels, "label") + " of people";
  if (!same_as.empty()) out += "; the same as " + same_as + ", under another name of the channel";
  if (!notice_of.empty()) out += "; it tells that " + notice_of + " was pinned";
  for (const PostId& post : shown_in) {
    out += "; also its words in " + post.str() + ", not in archived pages of that channel";
  }
  return out;
}

}  // namespace

void print_redact_report(std::ostream& out, const RedactReport& report, bool json) {
  if (json) {
    auto targets = record::Json::array();
    for (const RedactedTarget& one : report.targets) targets.push_back(target_json(one));
    out << record::dump_line({{"schema", "qanat.redact/1"},
                              {"act", report.act},
                              {"targets", std::move(targets)},
                              {"pages", report.pages}})
        << '\n';
    return;
  }
  const std::string verb = report.act == "removed" ? "removed " : "would remove ";
  for (const RedactedTarget& one : report.targets) out << verb << words_for(one) << '\n';
  out << verb << "the bytes of " << counted(report.pages, "archived page") << '\n';
}

}  // namespace qanat::app
