#include "app/report/audit_page.h"

#include <algorithm>
#include <string_view>

#include "app/embedded.h"
#include "app/report/figures_html.h"
#include "app/report/hits_html.h"
#include "app/report/html.h"
#include "app/report/reliability.h"
#include "app/report/rules_html.h"
#include "base/sha256.h"

namespace qanat::app {
namespace {

constexpr std::string_view kNavigation = R"(<nav aria-label="Sections">
<a href="#labels">Labels</a><a href="#confusion">Confusion</a><a href="#removed">Removed</a>
<a href="#calibration">Calibration</a><a href="#groups">Channels</a>
<a href="#rules">Rules</a><a href="#hits">Hits</a><a href="#differences">Differences</a>
</nav>
)";

std::string_view asset(std::string_view path) {
  return std::ranges::find(embedded_report(), path, &EmbeddedFile::path)->text;
}

std::string body_of(const AuditReport& report) {
  const classifier::Figures& all = report.evaluation.all;
  std::string body = "<header>\n<h1>Audit of the ad filter</h1>\n";
  body += html::paragraph("Labels from <code>" + html::escaped(report.source) +
                          "</code>, judged by rules <code>" + html::escaped(report.ruleset) +
                          "</code>");
  body += html::tiles(all);
  body += kNavigation;
  body += "</header>\n<main>\n";
  body += html::labels_section(all);
  body += html::weighted_section(report.weighted);
  body += html::confusion_section(all);
  body += html::removed_section(all);
  body += html::calibration_section(report.calibration);
  body += html::groups_section(report.evaluation);
  body += html::rules_section(report);
  body += html::hits_section(report);
  body += html::disagreements_section(report.evaluation);
  return body + "</main>\n";
}

/// Should text of a post ever slip through as markup, it could fetch nothing, and run nothing: its
/// author cannot know the nonce, which is made of the whole page.
std::string head_of(std::string_view nonce) {
  std::string head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-)";
  head += nonce;
  head += R"('">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Audit of the ad filter</title>
<style>
)";
  head += asset("report.css");
  return head + "</style>\n</head>\n<body>\n";
}

}  // namespace

std::string audit_page(const AuditReport& report) {
  const std::string body = body_of(report);
  const std::string nonce = sha256_hex(body).substr(0, 32);
  std::string page = head_of(nonce) + body;
  page += "<script nonce=\"" + nonce + "\">\n";
  page += asset("report.js");
  return page + "</script>\n</body>\n</html>\n";
}

}  // namespace qanat::app
