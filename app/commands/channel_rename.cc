#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/record_filter.h"
#include "base/instant.h"

namespace qanat::app {
namespace {

struct RenameOptions {
  std::string name;
  std::string next;
};

Result<int> rename_channel(const Session& session, const RenameOptions& options) {
  const auto name = read_channel_name(options.name);
  if (!name) return fail(name.error());
  const auto next = read_channel_name(options.next);
  if (!next) return fail(next.error());
  auto store = open_store(session, store::Access::read_write);
  if (!store) return fail(store.error());
  if (auto renamed = store->rename_channel(*name, *next, now()); !renamed) {
    return fail(renamed.error());
  }
  session.err << name->str() << " is " << next->str()
              << " now, with all that is stored of it; the next visit checks that it is the same "
                 "channel\n";
  return kExitFine;
}

}  // namespace

void add_channel_rename(CLI::App& group, Session& session) {
  CLI::App* command = add_command(group,
                                  "rename",
                                  "Go on with a channel that has another name now",
                                  "qanat channels rename old_name new_name");
  auto options = std::make_shared<RenameOptions>();
  command->add_option("name", options->name, "Its name so far")->type_name("CHANNEL")->required();
  command->add_option("next", options->next, "Its name from now on")
      ->type_name("CHANNEL")
      ->required();
  set_action(*command, session, [&session, options] { return rename_channel(session, *options); });
}

}  // namespace qanat::app
