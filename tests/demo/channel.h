#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "base/post.h"
#include "base/verdict.h"

/// The channels of the demo server: invented, written as TOML files, each post with its truth.
namespace qanat::demo {

/// A part of the post's plain text that a reader would take out. Blank space at its ends does not
/// count.
struct TrueRemoval {
  RemovedKind kind = RemovedKind::ad;
  std::string text;
};

/// What a person says about the post, whatever the classifier answers.
struct Truth {
  Label label = Label::other;
  Outcome outcome = Outcome::clean;
  std::vector<TrueRemoval> removed;  ///< in text order; empty for ad_only: the whole post goes
};

/// Notices that Telegram writes by itself.
enum class Service { none, created, renamed, photo, pinned };

struct Medium {
  Media media;        ///< a video without an address is one that the page calls too big
  std::string thumb;  ///< of videos
};

struct DemoPost {
  MessageId id = 0;
  Instant date;
  std::string views;  ///< as shown
  std::string text;   ///< as page_markup() takes it, the channel's signature included
  std::string author;
  bool edited = false;
  bool withheld = false;  ///< only "Please open Telegram to view this post"
  Service service = Service::none;
  std::optional<Forward> forward;
  std::optional<Reply> reply;
  std::vector<Medium> media;  ///< several photos and videos make an album
  std::optional<Poll> poll;
  std::optional<LinkPreview> preview;
  bool small_preview = false;  ///< the image at the right, instead of above the title
  std::vector<Button> buttons;
  std::vector<Reaction> reactions;
  Truth truth;

  /// How many messages the post covers: an album's items each have a number.
  [[nodiscard]] int messages() const;
};

struct DemoCounter {
  std::string value;
  std::string type;
};

struct Channel {
  std::string name;  ///< lower case
  std::string slug;  ///< as the page spells it
  std::string title;
  std::string description;  ///< as page_markup() takes it
  std::int64_t numeric_id = 0;
  std::string audience;  ///< exact, as on the landing page: "12 841"
  std::vector<DemoCounter> counters;
  bool verified = false;
  bool preview = true;
  int page_messages = 20;                ///< how many messages a page holds
  std::vector<MessageId> unlinked_from;  ///< pages whose oldest post is one of these lack the link
                                         ///< to older ones, as some of Telegram's do
  std::vector<DemoPost> posts;           ///< by ascending id
};

/// Reads every *.toml of the folder, by name.
/// Errors: config, naming file, line and what is wrong.
Result<std::vector<Channel>> load_channels(const std::filesystem::path& folder);

/// The channels folder of the source tree.
[[nodiscard]] std::filesystem::path default_channels_folder();

}  // namespace qanat::demo
