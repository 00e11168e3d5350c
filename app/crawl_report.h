#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

#include "app/crawl_run.h"
#include "app/terminal.h"
#include "record/json.h"

namespace qanat::app {

/// The run as JSON (docs/schema/run.schema.json).
[[nodiscard]] record::Json run_json(const RunReport& run);

/// The run for people: a line per channel, the sum, what failed and what to do about it.
void print_report(std::ostream& out, const Terminal& terminal, const RunReport& run);

/// Where a run stands, on standard error: one redrawn line on a terminal, nothing elsewhere.
class CrawlProgressLine {
 public:
  CrawlProgressLine(std::ostream& out, Terminal terminal);

  void update(const CrawlProgress& progress);
  /// `because`: the latest failure; empty when it was an earlier run's.
  void pause(std::chrono::seconds wait, const std::string& because);
  /// Another process writes to the database.
  void wait_for_database();
  /// Removes the redrawn line.
  void finish();

 private:
  void draw(const std::string& line);

  std::ostream& out_;
  Terminal terminal_;
  std::chrono::steady_clock::time_point drawn_at_;
  std::string shown_channel_;  ///< whose line stands there
};

}  // namespace qanat::app
