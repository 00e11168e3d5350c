#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "base/post.h"
#include "store/store.h"

namespace qanat::app {

/// The filter of `posts`, `search` and `export`, as typed.
struct FilterOptions {
  std::vector<std::string> channels;
  std::vector<std::string> labels;
  std::vector<std::string> outcomes;
  std::string since;
  std::string until;
  std::int64_t limit = 0;
};

/// Declares --channel, for several of them; `channels` outlives `command`.
void add_channels_option(CLI::App& command, std::vector<std::string>& channels);

/// Declares --channel, --label, --outcome, --since, --until and --limit; `options` outlives
/// `command`.
void add_filter_options(CLI::App& command, FilterOptions& options);

/// Errors: usage, naming the option, what it may be, and what was perhaps meant.
Result<store::RecordFilter> read_filter(const FilterOptions& options);

/// The channels that were typed, each once, by name. Errors: as read_channel_name().
Result<std::vector<ChannelName>> read_channel_names(const std::vector<std::string>& texts);

/// "the store has no channel …", with what was perhaps meant.
[[nodiscard]] std::string no_such_channel(const ChannelName& name,
                                          const std::vector<ChannelName>& known);

/// Errors: usage, naming the channel that was never followed, and what was perhaps meant; those of
/// Store::met_channels.
Result<void> check_channels(store::Store& store, const std::vector<ChannelName>& names);

/// "some_channel/1020", "https://t.me/some_channel/1020".
/// Errors: usage, with the shape that is asked for.
Result<PostId> read_post_id(const std::string& text);

/// Errors: usage, with the shape that is asked for.
Result<ChannelName> read_channel_name(const std::string& text);

/// A --channel that may be left out: nothing when `text` is empty. Errors: as read_channel_name().
Result<std::optional<ChannelName>> read_channel_option(const std::string& text);

}  // namespace qanat::app
