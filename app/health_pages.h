#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/pulse.h"
#include "base/clock.h"
#include "store/store_figures.h"
#include "web/http_server.h"

namespace qanat::app {

/// What the daemon's own web server shows: /livez (does its one thread go on?), /readyz (does the
/// store answer, and have visits begun?) and /metrics. Neither depends on Telegram's hosts. Lives
/// in the server's thread and reads the store over a connection of its own.
class HealthPages {
 public:
  /// The daemon is stuck when nothing was done for `stuck_after`. Pulse and clock outlive the
  /// object; `clock` is asked from the server's thread.
  HealthPages(Pulse& pulse,
              Clock& clock,
              std::string store_path,
              std::chrono::milliseconds stuck_after);

  [[nodiscard]] web::Response answer(const web::Request& request);

 private:
  [[nodiscard]] web::Response livez() const;
  [[nodiscard]] web::Response readyz();
  [[nodiscard]] web::Response metrics();
  Result<store::Figures> figures();

  Pulse& pulse_;
  Clock& clock_;
  std::string store_path_;
  std::chrono::milliseconds stuck_after_;
  std::optional<store::FiguresReader> reader_;
};

}  // namespace qanat::app
