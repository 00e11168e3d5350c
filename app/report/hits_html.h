#pragma once

#include <string>

#include "app/report/audit_page.h"

namespace qanat::app::html {

/// Each rule's hits with the words around them.
[[nodiscard]] std::string hits_section(const AuditReport& report);

}  // namespace qanat::app::html
