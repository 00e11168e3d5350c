#pragma once

#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include <spdlog/fwd.h>

#include "app/config.h"
#include "app/environment.h"

namespace qanat::app {

enum class LogLevel { debug, info, warn, error };

/// One named value of a line: {"channel", "some_channel"}.
struct LogField {
  std::string_view name;
  std::string value;
};

/// One line an event on standard error, with fields. Safe for several threads. The text of posts
/// never goes in at info or above.
///
/// text:    2026-07-24T09:00:05Z warn visit_failed channel=some_channel error="no answer"
/// journal: <4>visit_failed channel=some_channel error="no answer"
/// json:    {"ts":"…","level":"warn","event":"visit_failed","channel":"some_channel","error":"…"}
class Log {
 public:
  /// `err` outlives the log. `auto` is journal under systemd ($JOURNAL_STREAM), else text.
  Log(const Config::Log& config, const Environment& environment, std::ostream& err);

  void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const;

 private:
  bool json_ = false;
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace qanat::app
