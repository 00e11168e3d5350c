#include "app/report/hits_html.h"

#include <string>

#include "app/report/html.h"
#include "base/names.h"

namespace qanat::app::html {
namespace {

std::string quote(const HitInContext& hit) {
  std::string out = "<blockquote dir=\"auto\">" + escaped(hit.before) + "<mark>" +
                    escaped(hit.matched) + "</mark>" + escaped(hit.after) +
                    "</blockquote>\n<p><code>" + escaped(hit.id) + "</code> <small>in " +
                    escaped(hit.where) + " · labelled " + std::string(name_of(hit.labelled)) +
                    "</small> <span class=\"";
  out += hit.agrees() ? "agrees" : "differs";
  return out + "\">judged " + std::string(name_of(hit.judged)) + "</span></p>\n";
}

}  // namespace

std::string hits_section(const AuditReport& report) {
  std::string out;
  for (const classifier::RuleInfo& rule : report.rules) {
    const auto hits = report.hits.find(rule.id);
    if (hits == report.hits.end()) continue;
    const std::string id = escaped(rule.id);
    out.append("<details id=\"hits-").append(id).append("\"><summary><b>").append(id);
    out.append("</b> <span class=\"soft\">").append(escaped(rule.title));
    out += "</span></summary>\n";
    out += paragraph(escaped(rule.why));
    out += "<p class=\"soft\"><code>" + escaped(rule.where) + "</code></p>\n";
    for (const HitInContext& hit : hits->second) out += quote(hit);
    out += "</details>\n";
  }
  return section(
      "hits",
      "Hits in context",
      paragraph("A few hits of each rule: first come, on posts where people agree with the "
                "verdict and on posts where they do not.") +
          out);
}

}  // namespace qanat::app::html
