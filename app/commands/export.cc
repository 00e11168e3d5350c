#include "app/commands/commands.h"

namespace qanat::app {

void add_export(CLI::App& parent, Session& session) {
  CLI::App* group = add_group(parent, "export", "Export the stored posts, or the archived pages");
  add_export_jsonl(*group, session);
  add_export_csv(*group, session);
  add_export_parquet(*group, session);
  add_export_sqlite(*group, session);
  add_export_huggingface(*group, session);
  add_export_verify(*group, session);
  add_export_feed(*group, session);
  add_export_warc(*group, session);
}

}  // namespace qanat::app
