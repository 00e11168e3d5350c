#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/channel_profiles.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/record_filter.h"
#include "app/units.h"
#include "classifier/profile_pack.h"

namespace qanat::app {
namespace {

struct ProfileCommand {
  std::string channel;
  bool json = false;
};

nlohmann::ordered_json line_json(const classifier::RecurringLine& line) {
  constexpr double kPlaces = 1000.0;
  return {{"edge", line.edge == classifier::Edge::header ? "header" : "footer"},
          {"text", line.text},
          {"posts", line.posts},
          {"share", std::round(line.share() * kPlaces) / kPlaces},
          {"recurs", line.recurs()}};
}

nlohmann::ordered_json profile_json(const ChannelName& channel,
                                    const classifier::ChannelProfile& profile) {
  auto lines = nlohmann::ordered_json::array();
  for (const classifier::RecurringLine& line : profile.lines()) lines.push_back(line_json(line));
  return {{"schema", "qanat.channel_profile/1"},
          {"channel", channel.str()},
          {"posts", profile.posts()},
          {"profile", profile.identity()},
          {"lines", lines},
          {"rules", classifier::profile_pack(channel, profile)}};
}

Result<int> show_profile(const Session& session, const ProfileCommand& options) {
  const auto channel = read_channel_name(options.channel);
  if (!channel) return fail(channel.error());
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  if (auto met = check_channels(*store, {*channel}); !met) return fail(met.error());
  const auto profile = stored_profile(*store, *channel);
  if (!profile) return fail(profile.error());
  if (options.json) {
    session.out << profile_json(*channel, *profile)
                       .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                << '\n';
    return kExitFine;
  }
  const std::string rules = classifier::profile_pack(*channel, *profile);
  session.out << rules;
  if (rules.empty()) {
    session.err << channel->str() << ": no line recurs in its latest "
                << counted(profile->posts(), "post") << " with text\n";
  }
  return kExitFine;
}

}  // namespace

void add_channel_profile(CLI::App& group, Session& session) {
  CLI::App* command =
      add_command(group,
                  "profile",
                  "Print the recurring lines of a channel's posts as a rule file",
                  "qanat channels profile some_channel\n"
                  "qanat channels profile some_channel > my-rules/ru/95-some_channel.toml\n"
                  "qanat channels profile some_channel --json");
  auto options = std::make_shared<ProfileCommand>();
  command->add_option("channel", options->channel, "Username or address")
      ->type_name("CHANNEL")
      ->required();
  command->add_flag(
      "--json", options->json, "As one JSON object (docs/schema/channel_profile.schema.json)");
  set_action(*command, session, [&session, options] { return show_profile(session, *options); });
}

}  // namespace qanat::app
