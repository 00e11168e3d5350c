#include <memory>

#include "app/audit/stored_labels.h"
#include "app/commands/audit.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/post_input.h"
#include "app/units.h"
#include "base/names.h"
#include "base/utf8.h"
#include "record/json.h"

namespace qanat::app {
namespace {

record::Json spans_json(const classifier::LabelledPost& label) {
  const utf8::OffsetMap offsets(label.text);
  record::Json out = record::Json::array();
  for (const LabelledSpan& part : label.spans) {
    out.push_back({{"start", offsets.to_code_points(part.span.begin)},
                   {"end", offsets.to_code_points(part.span.end)},
                   {"kind", name_of(part.kind)}});
  }
  return out;
}

/// The parsed post, with a person's label in the place of a verdict.
record::Json labelled_json(const LabelledRecord& post, const classifier::LabelledPost& label) {
  record::Json out = record::parsed_post_json(post.record.post);
  for (const char* key : {"first_seen_at",
                          "last_seen_at",
                          "revision",
                          "outcome",
                          "ad_probability",
                          "title",
                          "question",
                          "answer",
                          "removed",
                          "cluster",
                          "content_sha256",
                          "provenance"}) {
    out.erase(key);
  }
  out["schema"] = kLabelledSchema;
  out["lang"] = label.lang;
  out["label"] = name_of(label.label);
  out["spans"] = spans_json(label);
  out["ambiguous"] = label.ambiguous;
  return out;
}

Result<int> print_labels(const Session& session, const std::string& annotator) {
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  const auto stored = read_stored_labels(*store, annotator);
  if (!stored) return fail(stored.error());
  std::size_t printed = 0;
  for (const LabelledRecord& post : stored->posts) {
    const auto label = deciding_label(post);
    if (!label) continue;
    session.out << record::dump_line(labelled_json(post, *label)) << '\n';
    ++printed;
  }
  session.err << counted(printed, "labelled post") << '\n';
  return kExitFine;
}

}  // namespace

void add_audit_labels(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "labels",
                  "Print the store's labels as a labelled file, for `rules stats` and others",
                  "qanat audit labels > labelled.jsonl\n"
                  "qanat audit labels --annotator anna | qanat audit evaluate -");
  auto annotator = std::make_shared<std::string>();
  command->add_option("--annotator", *annotator, "Only this person's labels")->type_name("NAME");
  accept_json(*command);
  set_action(
      *command, session, [&session, annotator] { return print_labels(session, *annotator); });
}

}  // namespace qanat::app
