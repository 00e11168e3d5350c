#pragma once

#include <string>
#include <vector>

#include "app/config.h"

namespace qanat::app {

/// Hosts that `crawl.allow_private_addresses` would have to allow and does not: plain http, and
/// addresses outside of the open internet. A run could only fail at them, one visit after the
/// other. Names that resolve to such addresses are for the transport to refuse.
[[nodiscard]] std::vector<std::string> host_problems(const LoadedConfig& loaded);

}  // namespace qanat::app
