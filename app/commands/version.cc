#include "app/version.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "parser/page.h"
#include "record/json.h"

namespace qanat::app {

void add_version(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(
      parent, "version", "Print the program's version", "qanat version\nqanat version --json");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "As one JSON object (docs/schema/version.schema.json)");
  command->callback([&session, json] {
    session.action = [&session, json]() -> Result<int> {
      if (*json) {
        const nlohmann::ordered_json out = {{"schema", "qanat.version/1"},
                                            {"version", kVersion},
                                            {"parser", parser::kParserVersion},
                                            {"record", record::kPostSchema}};
        session.out << out.dump() << '\n';
      } else {
        session.out << "qanat " << kVersion << '\n';
      }
      return kExitFine;
    };
  });
}

}  // namespace qanat::app
