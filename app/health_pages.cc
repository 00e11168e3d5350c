#include "app/health_pages.h"

#include <utility>

#include "app/units.h"

namespace qanat::app {
namespace {

web::Response unavailable(const std::string& why) {
  return {.status = web::kUnavailable, .body = why + "\n"};
}

}  // namespace

HealthPages::HealthPages(Pulse& pulse,
                         Clock& clock,
                         std::string store_path,
                         std::chrono::milliseconds stuck_after)
    : pulse_(pulse), clock_(clock), store_path_(std::move(store_path)), stuck_after_(stuck_after) {}

web::Response HealthPages::answer(const web::Request& request) {
  if (request.path == "/livez") return livez();
  if (request.path == "/readyz") return readyz();
  if (request.path == "/metrics") return metrics();
  return {.status = web::kNotFound,
          .body = "there is /livez, /readyz, /metrics and, with `web.feeds`, /feeds/all.atom\n"};
}

web::Response HealthPages::livez() const {
  const auto silence = pulse_.since_beat();
  if (silence < stuck_after_) return {.body = "alive\n"};
  return unavailable("no progress for " +
                     format_duration(std::chrono::floor<std::chrono::seconds>(silence)));
}

web::Response HealthPages::readyz() {
  if (!pulse_.is_ready()) return unavailable("starting");
  if (pulse_.waits_for_disk())
    return unavailable("the disk or a file failed: the log says which, and when it is tried again");
  const auto read = figures();
  if (!read) return unavailable(read.error().message);
  return {.body = "ready\n"};
}

web::Response HealthPages::metrics() {
  // Without the store its figures stay what they were; /readyz says why.
  if (const auto read = figures()) pulse_.stored(*read, clock_.now());
  return {.type = "text/plain; version=0.0.4; charset=utf-8", .body = pulse_.metrics()};
}

/// The connection is made anew after an error: what was wrong may be mended.
Result<store::Figures> HealthPages::figures() {
  if (!reader_) {
    auto opened = store::FiguresReader::open(store_path_);
    if (!opened) return fail(opened.error());
    reader_.emplace(*std::move(opened));
  }
  auto read = reader_->read();
  if (!read) reader_.reset();
  return read;
}

}  // namespace qanat::app
