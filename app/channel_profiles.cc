#include "app/channel_profiles.h"

#include "app/open_input.h"
#include "app/post_input.h"

namespace qanat::app {

Result<classifier::ChannelProfile> stored_profile(store::Store& store, const ChannelName& channel) {
  std::vector<Post> posts;
  const store::RecordFilter latest{.channels = {channel},
                                   .limit = classifier::kProfilePosts,
                                   .newest_first = true,
                                   .without_evidence = true};
  const auto read = store.for_each(latest, [&posts](const Record& record) {
    posts.push_back(record.post);
    return true;
  });
  if (!read) return fail(read.error());
  return classifier::ChannelProfile::of(posts);
}

Result<const classifier::ChannelProfile*> StoredProfiles::of(const ChannelName& channel) {
  if (channel_ != channel) {
    auto profile = stored_profile(*store_, channel);
    if (!profile) return fail(profile.error());
    profile_ = *std::move(profile);
    channel_ = channel;
  }
  return &profile_;
}

ChannelProfiles::ChannelProfiles(const std::vector<Post>& posts) {
  std::map<ChannelName, std::vector<Post>> by_channel;
  for (const Post& post : posts) by_channel[post.id.channel].push_back(post);
  for (const auto& [channel, of_channel] : by_channel) {
    profiles_.emplace(channel, classifier::ChannelProfile::of(of_channel));
  }
}

Result<ChannelProfiles> ChannelProfiles::read(const std::string& file, std::istream& in) {
  auto input = open_input(file, in);
  if (!input) return fail(input.error());
  std::vector<Post> posts;
  const auto row = [&posts](const std::string& line) -> Result<void> {
    auto given = read_given_post(line);
    if (!given) return fail(given.error());
    posts.push_back(std::move(given->post));
    return {};
  };
  if (auto read = for_each_line(input->stream(), input->name(), row); !read) {
    return fail(read.error());
  }
  return ChannelProfiles(posts);
}

const classifier::ChannelProfile& ChannelProfiles::of(const ChannelName& channel) const {
  static const classifier::ChannelProfile nothing;
  const auto found = profiles_.find(channel);
  return found == profiles_.end() ? nothing : found->second;
}

void add_profile_options(CLI::App& command, ProfileOptions& options) {
  CLI::Option* file =
      command
          .add_option("--profile",
                      options.file,
                      "Find the channels' recurring footers in the posts of this file")
          ->type_name("FILE|-");
  command
      .add_flag("--profile-from-input",
                options.from_input,
                "Find the channels' recurring footers in the input itself")
      ->excludes(file);
}

Result<ChannelProfiles> read_profiles(const ProfileOptions& options,
                                      const std::string& input,
                                      std::istream& in) {
  const std::string& file = options.from_input ? input : options.file;
  if (file.empty()) return ChannelProfiles();
  const bool twice = file == "-" && (options.from_input || input == "-");
  if (twice) {
    return fail(Errc::usage,
                "standard input cannot be read twice; name a file for the profile or the posts");
  }
  return ChannelProfiles::read(file, in);
}

}  // namespace qanat::app
