#include "app/report/reliability.h"

#include <spdlog/fmt/fmt.h>

#include "app/number_text.h"
#include "app/report/html.h"

namespace qanat::app::html {
namespace {

using classifier::Calibration;
using classifier::ReliabilityBin;

// The plot's square within the drawing, in its units.
constexpr double kLeft = 46;
constexpr double kTop = 12;
constexpr double kSide = 320;

double x_of(double probability) { return kLeft + probability * kSide; }
double y_of(double share) { return kTop + (1 - share) * kSide; }

std::string axes() {
  std::string out =
      fmt::format(R"(<rect class="axis" x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}"/>)",
                  kLeft,
                  kTop,
                  kSide,
                  kSide);
  for (const double at : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    out += fmt::format(R"(<text x="{:.1f}" y="{:.0f}" text-anchor="middle">{:.2f}</text>)",
                       x_of(at),
                       kTop + kSide + 16,
                       at);
    out += fmt::format(R"(<text x="{:.0f}" y="{:.1f}" text-anchor="end">{:.2f}</text>)",
                       kLeft - 6,
                       y_of(at) + 4,
                       at);
  }
  out += fmt::format(
      R"(<text x="{:.0f}" y="{:.0f}" text-anchor="middle">ad probability given by qanat</text>)",
      kLeft + kSide / 2,
      kTop + kSide + 34);
  out += fmt::format(
      R"svg(<text x="12" y="{:.0f}" text-anchor="middle" transform="rotate(-90 12 {:.0f})">)svg"
      "share labelled ad or mixed by people</text>",
      kTop + kSide / 2,
      kTop + kSide / 2);
  return out + fmt::format(R"(<path class="ideal" d="M{:.0f} {:.0f}L{:.0f} {:.0f}"/>)",
                           x_of(0),
                           y_of(0),
                           x_of(1),
                           y_of(1));
}

std::string point(const ReliabilityBin& bin) {
  const double x = x_of(bin.mean);
  return fmt::format(R"(<g><title>said {:.3f}, seen {:.3f} [{:.2f}, {:.2f}], {} posts</title>)",
                     bin.mean,
                     bin.happened.value,
                     bin.happened.low,
                     bin.happened.high,
                     bin.happened.total) +
         fmt::format(R"(<path class="bar" d="M{:.1f} {:.1f}V{:.1f}"/>)"
                     R"(<circle cx="{:.1f}" cy="{:.1f}" r="4"/></g>)",
                     x,
                     y_of(bin.happened.low),
                     y_of(bin.happened.high),
                     x,
                     y_of(bin.happened.value));
}

}  // namespace

std::string reliability_diagram(const Calibration& calibration) {
  std::string out =
      R"(<svg class="diagram" viewBox="0 0 380 372" role="img" aria-label="Reliability diagram">)";
  out += axes();
  std::string line;
  for (const ReliabilityBin& bin : calibration.bins) {
    const char command = line.empty() ? 'M' : 'L';
    line += fmt::format("{}{:.1f} {:.1f}", command, x_of(bin.mean), y_of(bin.happened.value));
  }
  if (!line.empty()) out += R"(<path class="line" d=")" + line + "\"/>";
  for (const ReliabilityBin& bin : calibration.bins) out += point(bin);
  return out + "</svg>\n";
}

std::string calibration_section(const Calibration& calibration) {
  Table table{.name = "The bins: about equally many posts each, equal probabilities together",
              .heads = {"from", "to", "said, in the mean", "seen", "posts"},
              .rows = {}};
  for (const ReliabilityBin& bin : calibration.bins) {
    table.rows.push_back({decimal_cell(bin.low),
                          decimal_cell(bin.high),
                          decimal_cell(bin.mean),
                          share_cell(bin.happened),
                          count_cell(bin.happened.total)});
  }
  return section(
      "calibration",
      "Calibration: do the probabilities hold?",
      paragraph("On the dashed line, 80 % of the posts said to be ads with 80 % are ads. Above it "
                "qanat is too timid, below it too sure. Brier score <b>" +
                fixed(calibration.brier, 3) +
                "</b> (0 is perfect), expected calibration error <b>" + fixed(calibration.ece, 3) +
                "</b>.") +
          reliability_diagram(calibration) + render(table));
}

}  // namespace qanat::app::html
