#include "app/redaction_option.h"

namespace qanat::app {
namespace {

std::string reason_problem(const std::string& reason) {
  return reason.find_first_not_of(" \t\n") == std::string::npos ? "say why, in a few words" : "";
}

}  // namespace

void add_redaction_option(CLI::App& command, RedactionOptions& options) {
  command
      .add_option("--no-redact",
                  options.reason_against,
                  "Keep phones, e-mails, handles … in the output; say why")
      ->type_name("REASON")
      ->check(CLI::Validator(reason_problem, ""));
}

Result<std::optional<exporting::Redactor>> open_redactor(const RedactionOptions& options,
                                                         store::Store& store,
                                                         store::PastRecords* past) {
  if (!options.reason_against.empty()) return std::nullopt;
  auto redactor = exporting::redactor_for(store, past);
  if (!redactor) return fail(redactor.error());
  return std::optional(*std::move(redactor));
}

void tell_redaction(const RedactionOptions& options,
                    const std::optional<exporting::Redactor>& redactor,
                    std::ostream& err) {
  if (!redactor) {
    err << "not redacted: " << options.reason_against << '\n';
    return;
  }
  std::string counts;
  for (const auto& [kind, count] : redactor->counts()) {
    if (count > 0) counts += (counts.empty() ? "" : ", ") + kind + " " + std::to_string(count);
  }
  err << "redacted: " << (counts.empty() ? "nothing" : counts) << '\n';
}

}  // namespace qanat::app
