#include "app/commands/audit.h"

#include "app/commands/commands.h"

namespace qanat::app {

void add_audit(CLI::App& parent, Session& session) {
  CLI::App* group =
      add_group(parent, "audit", "Label posts, and measure the ad filter against the labels");
  add_audit_queue(*group, session);
  add_audit_label(*group, session);
  add_audit_labels(*group, session);
  add_audit_agreement(*group, session);
  add_audit_evaluate(*group, session);
  add_audit_report(*group, session);
}

}  // namespace qanat::app
