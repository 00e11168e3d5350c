#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/units.h"
#include "export/manifest.h"
#include "record/json.h"

namespace qanat::app {
namespace {

struct VerifyOptions {
  std::string folder;
  bool json = false;
};

record::Json verification_json(const exporting::Verification& found) {
  record::Json differences = record::Json::array();
  for (const exporting::Difference& difference : found.differences) {
    differences.push_back({{"path", difference.path}, {"problem", difference.problem}});
  }
  return {{"whole", found.differences.empty()},
          {"files", found.files},
          {"bytes", found.bytes},
          {"hidden", found.hidden},
          {"differences", std::move(differences)}};
}

Result<int> verify(const Session& session, const VerifyOptions& options) {
  const auto found = exporting::verify_folder(options.folder);
  if (!found) return fail(found.error());
  if (options.json) {
    session.out << record::dump_line(verification_json(*found)) << '\n';
  } else {
    for (const exporting::Difference& difference : found->differences) {
      session.out << difference.path << ' ' << difference.problem << '\n';
    }
  }
  if (!found->differences.empty()) return kExitFailure;
  session.err << counted(found->files, "file") << ", " << counted(found->bytes, "byte")
              << ": as the manifest says\n";
  if (found->hidden > 0) {
    session.err << counted(found->hidden, "hidden name")
                << " passed over: what begins with a dot is no part of an export\n";
  }
  return kExitFine;
}

}  // namespace

void add_export_verify(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "verify",
                                  "Check every byte of an exported folder against its manifest",
                                  "qanat export verify my-set");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("DIR", options->folder, "The folder")->required();
  command->add_flag("--json", options->json, "As JSON");
  set_action(*command, session, [&session, options] { return verify(session, *options); });
}

}  // namespace qanat::app
