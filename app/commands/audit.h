#pragma once

#include <CLI/CLI.hpp>

#include "app/session.h"

/// The commands below `audit`; as commands.h has it.
namespace qanat::app {

void add_audit_queue(CLI::App& group, Session& session);
void add_audit_label(CLI::App& group, Session& session);
void add_audit_labels(CLI::App& group, Session& session);
void add_audit_agreement(CLI::App& group, Session& session);
void add_audit_evaluate(CLI::App& group, Session& session);
void add_audit_report(CLI::App& group, Session& session);

}  // namespace qanat::app
