#include "app/record_filter.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include <spdlog/fmt/fmt.h>

#include "app/did_you_mean.h"
#include "app/moment_option.h"
#include "app/number_option.h"
#include "base/names.h"
#include "base/post_id.h"

namespace qanat::app {
namespace {

std::string not_one_of(std::span<const std::string_view> names,
                       const std::string& option,
                       const std::string& text) {
  return fmt::format("{} `{}`: it must be one of {}", option, text, fmt::join(names, ", ")) +
         did_you_mean(text, {names.begin(), names.end()});
}

template <class Enum>
Result<std::vector<Enum>> read_names(const std::string& option,
                                     const std::vector<std::string>& texts) {
  std::vector<Enum> out;
  for (const std::string& text : texts) {
    const auto value = from_name<Enum>(text);
    if (!value) return fail(Errc::usage, not_one_of(names_of<Enum>(), option, text));
    out.push_back(*value);
  }
  return out;
}

}  // namespace

void add_channels_option(CLI::App& command, std::vector<std::string>& channels) {
  command.add_option("--channel", channels, "Only this channel; repeatable, or comma-separated")
      ->type_name("NAME")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_filter_options(CLI::App& command, FilterOptions& options) {
  add_channels_option(command, options.channels);
  command.add_option("--label", options.labels, "Only qa, ad, mixed or other; comma-separated")
      ->type_name("LABEL")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      .add_option(
          "--outcome", options.outcomes, "Only clean, stripped, ad_only or review; comma-separated")
      ->type_name("OUTCOME")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  add_moment_option(command, "--since", options.since, "Published at or after")->type_name("DATE");
  add_moment_option(command, "--until", options.until, "Published before")->type_name("DATE");
  command.add_option("--limit", options.limit, "At most N; 0 for all")
      ->type_name("N")
      ->transform(whole_number(0));
}

Result<store::RecordFilter> read_filter(const FilterOptions& options) {
  store::RecordFilter filter;
  auto channels = read_channel_names(options.channels);
  if (!channels) return fail(channels.error());
  filter.channels = *std::move(channels);
  const auto labels = read_names<Label>("--label", options.labels);
  if (!labels) return fail(labels.error());
  const auto outcomes = read_names<Outcome>("--outcome", options.outcomes);
  if (!outcomes) return fail(outcomes.error());
  const auto since = read_moment("--since", options.since);
  if (!since) return fail(since.error());
  const auto until = read_moment("--until", options.until);
  if (!until) return fail(until.error());
  filter.labels = *labels;
  filter.outcomes = *outcomes;
  filter.since = *since;
  filter.until = *until;
  filter.limit = options.limit;
  return filter;
}

Result<std::vector<ChannelName>> read_channel_names(const std::vector<std::string>& texts) {
  std::vector<ChannelName> names;
  names.reserve(texts.size());
  for (const std::string& text : texts) {
    auto name = read_channel_name(text);
    if (!name) return fail(name.error());
    names.push_back(*std::move(name));
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

std::string no_such_channel(const ChannelName& name, const std::vector<ChannelName>& known) {
  std::vector<std::string_view> names;
  names.reserve(known.size());
  for (const ChannelName& one : known) names.push_back(one.str());
  return "the store has no channel " + name.str() + ": see `qanat channels list`" +
         did_you_mean(name.str(), names);
}

Result<void> check_channels(store::Store& store, const std::vector<ChannelName>& names) {
  if (names.empty()) return {};
  const auto met = store.met_channels();
  if (!met) return fail(met.error());
  for (const ChannelName& name : names) {
    if (!std::ranges::binary_search(*met, name)) {
      return fail(Errc::usage, no_such_channel(name, *met));
    }
  }
  return {};
}

Result<PostId> read_post_id(const std::string& text) {
  const std::string_view plain = std::string_view(text).substr(0, text.find_first_of("?#"));
  if (auto id = parse_post_id(plain)) return *std::move(id);
  return fail(Errc::usage,
              "`" + text + "` is not a post; write some_channel/1020 or the post's address");
}

Result<ChannelName> read_channel_name(const std::string& text) {
  const auto name = ChannelName::parse(text);
  if (name) return *name;
  return fail(Errc::usage,
              "`" + text +
                  "` is not a channel; write a public username (some_channel, @some_channel, " +
                  "https://t.me/some_channel): 4 to 32 letters, digits and _, a letter first");
}

Result<std::optional<ChannelName>> read_channel_option(const std::string& text) {
  if (text.empty()) return std::nullopt;
  auto name = read_channel_name(text);
  if (!name) return fail(name.error());
  return *std::move(name);
}

}  // namespace qanat::app
