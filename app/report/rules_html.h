#pragma once

#include <string>

#include "app/report/audit_page.h"

namespace qanat::app::html {

/// What each rule does on the labelled posts: a sortable row a rule (docs/classifier.md, 8).
[[nodiscard]] std::string rules_section(const AuditReport& report);

}  // namespace qanat::app::html
