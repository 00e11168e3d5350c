#pragma once

#include <cstdint>
#include <string>

/// How figures look in reports.
namespace qanat::app {

/// With so many digits after the point: fixed(0.25, 3) is "0.250".
[[nodiscard]] std::string fixed(double value, int digits);

/// "98.4 %".
[[nodiscard]] std::string percent(double probability);

/// "+4.120": milli-logits as logits.
[[nodiscard]] std::string signed_weight(std::int32_t weight);

}  // namespace qanat::app
