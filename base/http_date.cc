#include "base/http_date.h"

#include <array>
#include <chrono>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>
#include <string_view>

namespace qanat {
namespace {

// With an end mark: std::get_time is content with a text that ends before its form does.
constexpr char kEndMark = '|';
constexpr std::array kForms = {
    "%a, %d %b %Y %H:%M:%S GMT|", "%A, %d-%b-%y %H:%M:%S GMT|", "%a %b %d %H:%M:%S %Y|"};

std::optional<std::tm> parse_as(const char* form, const std::string& text) {
  std::istringstream in(text + kEndMark);
  in.imbue(std::locale::classic());
  std::tm parts{};
  in >> std::get_time(&parts, form);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  return parts;
}

}  // namespace

std::string format_http_date(Instant moment) {
  static constexpr std::array<std::string_view, 7> kDays = {
      "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::string iso = format_instant(moment);  // 2026-07-24T09:00:05Z
  const unsigned month = static_cast<unsigned>(std::chrono::year_month_day(day).month());
  std::string out(kDays.at(std::chrono::weekday(day).c_encoding()));
  out += ", " + iso.substr(8, 2) + " ";
  out += kMonths.at(month - 1);
  return out + " " + iso.substr(0, 4) + " " + iso.substr(11, 8) + " GMT";
}

std::optional<Instant> parse_http_date(const std::string& text) {
  namespace chr = std::chrono;
  constexpr int kFirstYear = 1900;
  for (const char* form : kForms) {
    const auto parts = parse_as(form, text);
    if (!parts) continue;
    const chr::year_month_day date{chr::year{kFirstYear + parts->tm_year},
                                   chr::month{static_cast<unsigned>(parts->tm_mon + 1)},
                                   chr::day{static_cast<unsigned>(parts->tm_mday)}};
    if (!date.ok()) return std::nullopt;
    return chr::sys_days{date} + chr::hours{parts->tm_hour} + chr::minutes{parts->tm_min} +
           chr::seconds{parts->tm_sec};
  }
  return std::nullopt;
}

}  // namespace qanat
