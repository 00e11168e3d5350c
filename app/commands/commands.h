#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "app/session.h"
#include "classifier/classifier.h"

/// One function a command: it declares its arguments below `parent`, and leaves what to do in
/// `session.action` when the command line names it. `session` outlives the parse and the action.
namespace qanat::app {

void add_init(CLI::App& parent, Session& session);
void add_channels(CLI::App& parent, Session& session);
void add_channel_profile(CLI::App& group, Session& session);
void add_channel_rename(CLI::App& group, Session& session);
void add_crawl(CLI::App& parent, Session& session);
void add_run(CLI::App& parent, Session& session);
void add_runs(CLI::App& parent, Session& session);
void add_parse(CLI::App& parent, Session& session);
void add_classify(CLI::App& parent, Session& session);
void add_posts(CLI::App& parent, Session& session);
void add_search(CLI::App& parent, Session& session);
void add_show(CLI::App& parent, Session& session);
void add_explain(CLI::App& parent, Session& session);
void add_redact(CLI::App& parent, Session& session);
void add_reclassify(CLI::App& parent, Session& session);
void add_archive(CLI::App& parent, Session& session);
void add_export(CLI::App& parent, Session& session);
void add_import(CLI::App& parent, Session& session);
void add_rules(CLI::App& parent, Session& session);
void add_audit(CLI::App& parent, Session& session);
void add_config(CLI::App& parent, Session& session);
void add_version(CLI::App& parent, Session& session);

// Commands of the group `export`.
void add_export_feed(CLI::App& group, Session& session);
void add_export_jsonl(CLI::App& group, Session& session);
void add_export_csv(CLI::App& group, Session& session);
void add_export_parquet(CLI::App& group, Session& session);
void add_export_sqlite(CLI::App& group, Session& session);
void add_export_huggingface(CLI::App& group, Session& session);
void add_export_verify(CLI::App& group, Session& session);
void add_export_warc(CLI::App& group, Session& session);

// Commands of the group `rules`.
void add_rules_diff(CLI::App& group, Session& session);
void add_rules_stats(CLI::App& group, Session& session);
void add_rules_learn(CLI::App& group, Session& session);
void add_rules_vocabulary(CLI::App& group, Session& session);

/// What every help's examples begin with.
inline constexpr std::string_view kExamples = "Examples:\n";

/// A subcommand of `parent`; its help begins with `examples`, one a line.
CLI::App* add_command(CLI::App& parent,
                      const std::string& name,
                      const std::string& description,
                      const std::string& examples);

/// A command that only groups others.
CLI::App* add_group(CLI::App& parent, const std::string& name, const std::string& description);

/// What to do when the command line names `command`.
void set_action(CLI::App& command, Session& session, std::function<Result<int>()> action);

/// The labelled file that a command learns or measures from.
void add_corpus_argument(CLI::App& command, std::string& corpus);

/// --json on a command that prints JSON lines anyway: scripts may say it everywhere.
void accept_json(CLI::App& command);

/// --rules DIR, as a setting of `rules.dir`.
void add_rules_option(CLI::App& command, Session& session);

/// The classifier of the configured rules. Errors: those of load_config and load_classifier.
[[nodiscard]] Result<classifier::Classifier> load_judge(const Session& session);

}  // namespace qanat::app
