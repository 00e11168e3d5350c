#pragma once

#include <istream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/channel_name.h"
#include "base/error.h"
#include "base/post.h"
#include "classifier/channel_profile.h"
#include "store/store.h"

namespace qanat::app {

/// What recurs in the latest stored posts of a channel; empty when none are stored.
/// Errors: those of the store.
Result<classifier::ChannelProfile> stored_profile(store::Store& store, const ChannelName& channel);

/// The same for records that come channel by channel: each channel is looked up once.
class StoredProfiles {
 public:
  /// `store` outlives it.
  explicit StoredProfiles(store::Store& store) : store_(&store) {}

  /// Valid until the next call. Errors: those of the store.
  Result<const classifier::ChannelProfile*> of(const ChannelName& channel);

 private:
  store::Store* store_;
  std::optional<ChannelName> channel_;
  classifier::ChannelProfile profile_;
};

/// Profiles of the channels of a file of posts, made of all their posts in it.
class ChannelProfiles {
 public:
  /// Without any: the profile of every channel is empty.
  ChannelProfiles() = default;

  explicit ChannelProfiles(const std::vector<Post>& posts);

  /// Posts as `qanat classify` takes them, one a line.
  /// Errors: usage: the file cannot be read, or a line is no post.
  static Result<ChannelProfiles> read(const std::string& file, std::istream& in);

  [[nodiscard]] const classifier::ChannelProfile& of(const ChannelName& channel) const;

 private:
  std::map<ChannelName, classifier::ChannelProfile> profiles_;
};

/// Where a command that judges a file takes its profiles from.
struct ProfileOptions {
  std::string file;         ///< --profile; empty: none
  bool from_input = false;  ///< --profile-from-input
};

/// --profile FILE and --profile-from-input; `options` outlives the command.
void add_profile_options(CLI::App& command, ProfileOptions& options);

/// `input` is the file that will be judged. Errors: those of ChannelProfiles::read; usage, when
/// standard input would have to be read twice.
Result<ChannelProfiles> read_profiles(const ProfileOptions& options,
                                      const std::string& input,
                                      std::istream& in);

}  // namespace qanat::app
