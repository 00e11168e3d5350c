#include "base/names.h"

#include <array>
#include <cstddef>

namespace qanat {
namespace {

// Each list stands in the order of its enumeration.
template <class Enum>
struct Names;

template <>
struct Names<Label> {
  static constexpr std::array<std::string_view, 4> kList = {"qa", "ad", "mixed", "other"};
};
template <>
struct Names<Outcome> {
  static constexpr std::array<std::string_view, 4> kList = {
      "clean", "stripped", "ad_only", "review"};
};
template <>
struct Names<RemovedKind> {
  static constexpr std::array<std::string_view, 3> kList = {"ad", "signature", "boilerplate"};
};
template <>
struct Names<BlockKind> {
  static constexpr std::array<std::string_view, 7> kList = {
      "paragraph", "heading", "list", "quote", "code", "link_line", "separator"};
};
template <>
struct Names<BlockOutcome> {
  static constexpr std::array<std::string_view, 5> kList = {
      "keep", "review", "ad", "signature", "boilerplate"};
};
template <>
struct Names<HitEffect> {
  static constexpr std::array<std::string_view, 4> kList = {
      "counts", "watches", "held_back", "unmet"};
};
template <>
struct Names<PostKind> {
  static constexpr std::array<std::string_view, 17> kList = {"text",
                                                             "photo",
                                                             "video",
                                                             "gif",
                                                             "round_video",
                                                             "voice",
                                                             "audio",
                                                             "document",
                                                             "sticker",
                                                             "location",
                                                             "venue",
                                                             "contact",
                                                             "invoice",
                                                             "game",
                                                             "poll",
                                                             "service",
                                                             "withheld"};
};
template <>
struct Names<ServiceKind> {
  static constexpr std::array<std::string_view, 17> kList = {"created",
                                                             "name_changed",
                                                             "photo_updated",
                                                             "photo_removed",
                                                             "pinned",
                                                             "video_chat_scheduled",
                                                             "video_chat_started",
                                                             "video_chat_ended",
                                                             "auto_delete_changed",
                                                             "theme_changed",
                                                             "wallpaper_changed",
                                                             "giveaway_started",
                                                             "giveaway_results",
                                                             "boosted",
                                                             "gift",
                                                             "direct_messages_changed",
                                                             "other"};
};
template <>
struct Names<MediaType> {
  static constexpr std::array<std::string_view, 14> kList = {"photo",
                                                             "video",
                                                             "gif",
                                                             "round_video",
                                                             "voice",
                                                             "audio",
                                                             "document",
                                                             "sticker",
                                                             "location",
                                                             "venue",
                                                             "contact",
                                                             "invoice",
                                                             "game",
                                                             "unsupported"};
};
template <>
struct Names<EntityKind> {
  static constexpr std::array<std::string_view, 17> kList = {"bold",
                                                             "italic",
                                                             "underline",
                                                             "strike",
                                                             "code",
                                                             "pre",
                                                             "spoiler",
                                                             "quote",
                                                             "collapsed_quote",
                                                             "link",
                                                             "mention",
                                                             "hashtag",
                                                             "cashtag",
                                                             "email",
                                                             "phone",
                                                             "bot_command",
                                                             "custom_emoji"};
};
template <>
struct Names<PageKind> {
  static constexpr std::array<std::string_view, 10> kList = {"channel",
                                                             "landing_channel",
                                                             "landing_group",
                                                             "landing_user",
                                                             "landing_bot",
                                                             "free_name",
                                                             "private_invite",
                                                             "post",
                                                             "home",
                                                             "unknown"};
};

template <class Enum>
std::string_view name_in_list(Enum value) {
  return Names<Enum>::kList.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view name_of(Label label) { return name_in_list(label); }
std::string_view name_of(Outcome outcome) { return name_in_list(outcome); }
std::string_view name_of(RemovedKind kind) { return name_in_list(kind); }
std::string_view name_of(BlockKind kind) { return name_in_list(kind); }
std::string_view name_of(BlockOutcome outcome) { return name_in_list(outcome); }
std::string_view name_of(HitEffect effect) { return name_in_list(effect); }
std::string_view name_of(PostKind kind) { return name_in_list(kind); }
std::string_view name_of(ServiceKind kind) { return name_in_list(kind); }
std::string_view name_of(MediaType type) { return name_in_list(type); }
std::string_view name_of(EntityKind kind) { return name_in_list(kind); }
std::string_view name_of(PageKind kind) { return name_in_list(kind); }

template <class Enum>
std::span<const std::string_view> names_of() {
  return Names<Enum>::kList;
}

template <class Enum>
std::optional<Enum> from_name(std::string_view name) {
  for (std::size_t i = 0; i < Names<Enum>::kList.size(); ++i) {
    if (Names<Enum>::kList[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template std::span<const std::string_view> names_of<Label>();
template std::span<const std::string_view> names_of<Outcome>();
template std::span<const std::string_view> names_of<RemovedKind>();
template std::span<const std::string_view> names_of<BlockKind>();
template std::span<const std::string_view> names_of<BlockOutcome>();
template std::span<const std::string_view> names_of<HitEffect>();
template std::span<const std::string_view> names_of<PostKind>();
template std::span<const std::string_view> names_of<ServiceKind>();
template std::span<const std::string_view> names_of<MediaType>();
template std::span<const std::string_view> names_of<EntityKind>();
template std::span<const std::string_view> names_of<PageKind>();

template std::optional<Label> from_name(std::string_view);
template std::optional<Outcome> from_name(std::string_view);
template std::optional<RemovedKind> from_name(std::string_view);
template std::optional<BlockKind> from_name(std::string_view);
template std::optional<BlockOutcome> from_name(std::string_view);
template std::optional<HitEffect> from_name(std::string_view);
template std::optional<PostKind> from_name(std::string_view);
template std::optional<ServiceKind> from_name(std::string_view);
template std::optional<MediaType> from_name(std::string_view);
template std::optional<EntityKind> from_name(std::string_view);
template std::optional<PageKind> from_name(std::string_view);

}  // namespace qanat
