#pragma once

#include <optional>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "export/redact.h"
#include "store/store.h"

namespace qanat::app {

/// Whether an export takes out what leads to a person, as typed.
struct RedactionOptions {
  std::string reason_against;  ///< empty: it does
};

/// Declares --no-redact; `options` outlives `command`.
void add_redaction_option(CLI::App& command, RedactionOptions& options);

/// What redacts the export; nothing when a reason was given. Errors: those of redactor_for.
Result<std::optional<exporting::Redactor>> open_redactor(const RedactionOptions& options,
                                                         store::Store& store,
                                                         store::PastRecords* past);

/// Says on `err` what was taken out, or why nothing was.
void tell_redaction(const RedactionOptions& options,
                    const std::optional<exporting::Redactor>& redactor,
                    std::ostream& err);

}  // namespace qanat::app
