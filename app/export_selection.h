#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/record_filter.h"
#include "base/error.h"
#include "base/instant.h"
#include "export/selection.h"

namespace qanat::app {

/// Which records to export, as typed.
struct SelectionOptions {
  FilterOptions filter;
  std::vector<std::string> langs;
  std::optional<std::int64_t> min_views;
  std::optional<std::int64_t> min_reactions;
  std::optional<std::int64_t> min_length;
  std::optional<std::int64_t> max_length;
  bool representatives_only = false;
  bool without_deleted = false;
  std::string as_of;
};

/// Declares the options of the filter and of the rest; `options` outlives `command`.
void add_selection_options(CLI::App& command, SelectionOptions& options);

/// What --as-of asks for; it is for the caller to open. Errors: usage.
Result<std::optional<Instant>> read_as_of(const SelectionOptions& options);

/// Errors: those of read_filter.
Result<exporting::Selection> read_selection(const SelectionOptions& options);

}  // namespace qanat::app
