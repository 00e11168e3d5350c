#include "app/number_text.h"

#include <spdlog/fmt/fmt.h>

namespace qanat::app {

std::string fixed(double value, int digits) { return fmt::format("{:.{}f}", value, digits); }

std::string percent(double probability) { return fmt::format("{:.1f} %", probability * 100); }

std::string signed_weight(std::int32_t weight) { return fmt::format("{:+.3f}", weight / 1000.0); }

}  // namespace qanat::app
