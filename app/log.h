#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <span>
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
/// never goes in at info or above. Of many lines that are alike in event and cause, ten are written
/// in ten minutes, then how many more there were:
/// 2026-07-24T09:10:05Z warn repeated of=visit_failed cause=network more=312
///
/// text:    2026-07-24T09:00:05Z warn visit_failed channel=some_channel error="no answer"
/// journal: <4>visit_failed channel=some_channel error="no answer"
/// json:    {"ts":"…","level":"warn","event":"visit_failed","channel":"some_channel","error":"…"}
class Log {
 public:
  using Now = std::function<std::chrono::system_clock::time_point()>;

  /// `err` outlives the log. `auto` is text where somebody watches, journal under systemd
  /// ($JOURNAL_STREAM), else json.
  Log(const Config::Log& config,
      const Environment& environment,
      std::ostream& err,
      bool on_terminal,
      Now now = std::chrono::system_clock::now);
  /// Tells what was left out.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const;

 private:
  struct Folded;

  void put(LogLevel level, std::string_view event, std::span<const LogField> fields) const;
  void tell_left_out(std::chrono::system_clock::time_point now) const;

  bool json_ = false;
  std::shared_ptr<spdlog::logger> logger_;
  Now now_;
  std::unique_ptr<Folded> folded_;
};

}  // namespace qanat::app
