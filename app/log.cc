#include "app/log.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <utility>

#include <nlohmann/json.hpp>
#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include "app/repeat_fold.h"
#include "app/terminal.h"
#include "base/instant.h"
#include "base/utf8.h"

namespace qanat::app {
namespace {

enum class Form { text, journal, json };

Form form_of(const Config::Log& config, const Environment& environment, bool on_terminal) {
  if (config.format == "json") return Form::json;
  if (config.format == "text" || on_terminal) return Form::text;
  return variable(environment, "JOURNAL_STREAM") ? Form::journal : Form::json;
}

std::string_view name_of(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug: return "debug";
    case spdlog::level::info: return "info";
    case spdlog::level::warn: return "warn";
    default: return "error";
  }
}

/// syslog(3)'s numbers, which the journal reads from the front of a line.
std::string_view priority_of(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug: return "<7>";
    case spdlog::level::info: return "<6>";
    case spdlog::level::warn: return "<4>";
    default: return "<3>";
  }
}

spdlog::level::level_enum level_of(const std::string& name) {
  if (name == "debug") return spdlog::level::debug;
  if (name == "warn") return spdlog::level::warn;
  if (name == "error") return spdlog::level::err;
  return name == "off" ? spdlog::level::off : spdlog::level::info;
}

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warn: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

/// Puts time and level before a payload that Log::write has rendered.
class LineFormatter final : public spdlog::formatter {
 public:
  explicit LineFormatter(Form form) : form_(form) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const std::string_view payload(message.payload.data(), message.payload.size());
    const std::string time = format_instant(std::chrono::floor<std::chrono::seconds>(message.time));
    std::string line;
    if (form_ == Form::journal) {
      line.append(priority_of(message.level)).append(payload);
    } else if (form_ == Form::text) {
      line.append(time).append(" ").append(name_of(message.level)).append(" ").append(payload);
    } else {
      line.append(R"({"ts":")").append(time).append(R"(","level":")");
      line.append(name_of(message.level)).append("\",").append(payload).append("}");
    }
    line += '\n';
    out.append(line.data(), line.data() + line.size());
  }

  [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<LineFormatter>(form_);
  }

 private:
  Form form_;
};

std::string json_text(std::string_view text) { return nlohmann::json(utf8::repaired(text)).dump(); }

bool is_bare(std::string_view value) {
  return !value.empty() && std::ranges::none_of(value, [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=' || c == '\\' || c == '\x7f';
  });
}

/// As it is when nothing in it needs quotes; control characters escaped in any case.
std::string field_text(std::string_view value) {
  const std::string safe = printable(value);
  return is_bare(safe) ? safe : json_text(safe);
}

std::string text_payload(std::string_view event, std::span<const LogField> fields) {
  std::string out(event);
  for (const LogField& field : fields) {
    out.append(" ").append(field.name).append("=").append(field_text(field.value));
  }
  return out;
}

std::string json_payload(std::string_view event, std::span<const LogField> fields) {
  std::string out = "\"event\":" + json_text(event);
  for (const LogField& field : fields) {
    out.append(",").append(json_text(field.name)).append(":").append(json_text(field.value));
  }
  return out;
}

}  // namespace

/// What of the lines was left out, and what makes lines alike.
struct Log::Folded {
  struct Kind {
    std::string event;
    std::string cause;
    LogLevel level = LogLevel::info;

    Kind(LogLevel line_level, std::string_view line_event, std::span<const LogField> fields)
        : event(line_event), level(line_level) {
      const auto found = std::ranges::find(fields, std::string_view("cause"), &LogField::name);
      if (found != fields.end()) cause = found->value;
    }

    [[nodiscard]] std::string key() const { return event + '\0' + cause; }
  };

  std::mutex mutex;
  RepeatFold fold;
  std::map<std::string, Kind, std::less<>> kinds;  ///< of the lines that may be left out
};

Log::Log(const Config::Log& config,
         const Environment& environment,
         std::ostream& err,
         bool on_terminal,
         Now now)
    : now_(std::move(now)), folded_(std::make_unique<Folded>()) {
  const Form form = form_of(config, environment, on_terminal);
  json_ = form == Form::json;
  constexpr bool kFlushEachLine = true;
  auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(err, kFlushEachLine);
  logger_ = std::make_shared<spdlog::logger>("qanat", std::move(sink));
  logger_->set_formatter(std::make_unique<LineFormatter>(form));
  logger_->set_level(level_of(config.level));
}

Log::~Log() { tell_left_out(std::chrono::system_clock::time_point::max()); }

void Log::put(LogLevel level, std::string_view event, std::span<const LogField> fields) const {
  const std::string payload = json_ ? json_payload(event, fields) : text_payload(event, fields);
  logger_->log(level_of(level), spdlog::string_view_t(payload));
}

void Log::tell_left_out(std::chrono::system_clock::time_point now) const {
  for (const auto& [key, lines] : folded_->fold.over(now)) {
    const Folded::Kind& kind = folded_->kinds.at(key);
    const std::array fields = {LogField{.name = "of", .value = kind.event},
                               LogField{.name = "cause", .value = kind.cause},
                               LogField{.name = "more", .value = std::to_string(lines)}};
    put(kind.level, "repeated", fields);
  }
}

void Log::write(LogLevel level,
                std::string_view event,
                std::initializer_list<LogField> fields) const {
  if (!logger_->should_log(level_of(level))) return;
  const std::span<const LogField> all(fields.begin(), fields.size());
  const Folded::Kind kind(level, event, all);
  const std::scoped_lock lock(folded_->mutex);
  const auto now = now_();
  tell_left_out(now);
  folded_->kinds.try_emplace(kind.key(), kind);
  if (folded_->fold.takes(kind.key(), now)) put(level, event, all);
}

}  // namespace qanat::app
