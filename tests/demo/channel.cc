#include "demo/channel.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <string_view>

// The library's exceptions end in load_channels().
#include <toml++/toml.h>

#include "base/ascii.h"
#include "base/names.h"
#include "demo/text_markup.h"

namespace qanat::demo {
namespace {

/// What a file says wrongly; never leaves this file.
struct Mistake {
  std::string message;
  toml::source_position where;
};

[[noreturn]] void refuse(const toml::node& node, std::string message) {
  throw Mistake{.message = std::move(message), .where = node.source().begin};
}

std::string text_of(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  const auto value = node->value_exact<std::string>();
  if (!value) refuse(*node, std::string(key) + " must be a string");
  return *value;
}

std::int64_t number_of(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  const auto value = node == nullptr ? std::nullopt : node->value_exact<std::int64_t>();
  if (!value) refuse(table, std::string(key) + " must be a number");
  return *value;
}

bool flag_of(const toml::table& table, std::string_view key, bool otherwise = false) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return otherwise;
  const auto value = node->value_exact<bool>();
  if (!value) refuse(*node, std::string(key) + " must be true or false");
  return *value;
}

const toml::table& table_in(const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) refuse(node, "a table must stand here");
  return *table;
}

/// The list under `key`; an empty one when it is absent.
const toml::array& list_of(const toml::table& table, std::string_view key) {
  static const toml::array empty;
  const toml::node* node = table.get(key);
  if (node == nullptr) return empty;
  const toml::array* list = node->as_array();
  if (list == nullptr) refuse(*node, std::string(key) + " must be a list");
  return *list;
}

/// ["a", "b"], of exactly two strings.
std::pair<std::string, std::string> pair_in(const toml::node& node) {
  const toml::array* list = node.as_array();
  if (list == nullptr || list->size() != 2) refuse(node, "a pair of strings must stand here");
  const auto first = (*list)[0].value_exact<std::string>();
  const auto second = (*list)[1].value_exact<std::string>();
  if (!first || !second) refuse(node, "a pair of strings must stand here");
  return {*first, *second};
}

void check_keys(const toml::table& table, std::initializer_list<std::string_view> known) {
  for (const auto& [key, node] : table) {
    if (std::ranges::find(known, key.str()) == known.end()) {
      refuse(node, "unknown key \"" + std::string(key.str()) + "\"");
    }
  }
}

template <class Enum>
Enum name_in(const toml::table& table, std::string_view key) {
  const std::string name = text_of(table, key);
  const auto value = from_name<Enum>(name);
  if (!value) refuse(table, std::string(key) + " does not know \"" + name + "\"");
  return *value;
}

/// "1.2K" is 1200.
Count count_of(std::string_view shown) {
  double value = 0;
  const auto [end, error] = std::from_chars(shown.data(), shown.data() + shown.size(), value);
  if (error != std::errc{}) return {.value = std::nullopt, .text = std::string(shown)};
  const std::string_view unit(end, shown.data() + shown.size());
  if (unit == "K") value *= 1e3;
  if (unit == "M") value *= 1e6;
  return {.value = std::llround(value), .text = std::string(shown)};
}

Medium medium_in(const toml::node& node) {
  const toml::table& table = table_in(node);
  check_keys(table, {"type", "url", "thumb", "width", "height", "seconds", "title", "extra"});
  Medium medium;
  medium.media = Media{.type = name_in<MediaType>(table, "type"),
                       .url = text_of(table, "url"),
                       .width = std::nullopt,
                       .height = std::nullopt,
                       .duration_seconds = std::nullopt,
                       .title = text_of(table, "title"),
                       .extra = text_of(table, "extra")};
  const auto optional_number = [&](std::string_view key) -> std::optional<int> {
    if (!table.contains(key)) return std::nullopt;
    return static_cast<int>(number_of(table, key));
  };
  medium.media.width = optional_number("width");
  medium.media.height = optional_number("height");
  medium.media.duration_seconds = optional_number("seconds");
  medium.thumb = text_of(table, "thumb");
  return medium;
}

Poll poll_in(const toml::node& node) {
  const toml::table& table = table_in(node);
  check_keys(table, {"question", "type", "voters", "options"});
  Poll poll{.question = text_of(table, "question"),
            .type = text_of(table, "type"),
            .voters_text = text_of(table, "voters"),
            .options = {}};
  for (const toml::node& option : list_of(table, "options")) {
    const toml::table& fields = table_in(option);
    check_keys(fields, {"text", "percent"});
    poll.options.push_back({.text = text_of(fields, "text"),
                            .percent = static_cast<int>(number_of(fields, "percent"))});
  }
  return poll;
}

/// ["👍", "74"], ["custom:5265077361648368841", "23.4K"], ["stars", "5"].
Reaction reaction_in(const toml::node& node) {
  constexpr std::string_view kCustom = "custom:";
  const auto [what, count] = pair_in(node);
  Reaction reaction;
  reaction.count = count_of(count);
  if (what == "stars") {
    reaction.paid = true;
  } else if (what.starts_with(kCustom)) {
    reaction.custom_emoji_id = what.substr(kCustom.size());
  } else {
    reaction.emoji = what;
  }
  return reaction;
}

LinkPreview preview_in(const toml::table& table) {
  check_keys(table, {"url", "site", "title", "description", "image", "small"});
  return {.url = text_of(table, "url"),
          .site_name = text_of(table, "site"),
          .title = text_of(table, "title"),
          .description = text_of(table, "description"),
          .image_url = text_of(table, "image")};
}

Service service_in(const toml::table& table) {
  static const std::map<std::string, Service, std::less<>> names = {
      {"", Service::none},
      {"created", Service::created},
      {"renamed", Service::renamed},
      {"photo", Service::photo},
      {"pinned", Service::pinned},
  };
  const std::string name = text_of(table, "service");
  const auto found = names.find(name);
  if (found == names.end()) refuse(table, "service does not know \"" + name + "\"");
  return found->second;
}

Outcome usual_outcome(const Truth& truth) {
  if (truth.label == Label::ad) return Outcome::ad_only;
  return truth.removed.empty() ? Outcome::clean : Outcome::stripped;
}

/// expect = { label, outcome?, removed? }. The outcome follows from the rest unless it is named.
Truth truth_in(const toml::table& post) {
  Truth truth;
  const toml::node* node = post.get("expect");
  if (node == nullptr) return truth;
  const toml::table& table = table_in(*node);
  check_keys(table, {"label", "outcome", "removed"});
  truth.label = name_in<Label>(table, "label");
  for (const toml::node& item : list_of(table, "removed")) {
    const toml::table& part = table_in(item);
    check_keys(part, {"kind", "text"});
    truth.removed.push_back(
        {.kind = name_in<RemovedKind>(part, "kind"), .text = text_of(part, "text")});
  }
  truth.outcome =
      table.contains("outcome") ? name_in<Outcome>(table, "outcome") : usual_outcome(truth);
  return truth;
}

void read_relations(const toml::table& table, DemoPost& post) {
  if (const toml::node* node = table.get("forward")) {
    const toml::table& forward = table_in(*node);
    check_keys(forward, {"name", "url", "author"});
    post.forward = Forward{.name = text_of(forward, "name"),
                           .url = text_of(forward, "url"),
                           .author = text_of(forward, "author")};
  }
  if (const toml::node* node = table.get("reply")) {
    const toml::table& reply = table_in(*node);
    check_keys(reply, {"post", "text"});
    post.reply =
        qanat::Reply{.post = number_of(reply, "post"), .url = "", .text = text_of(reply, "text")};
  }
  if (const toml::node* node = table.get("preview")) {
    post.preview = preview_in(table_in(*node));
    post.small_preview = flag_of(table_in(*node), "small");
  }
}

void read_lists(const toml::table& table, DemoPost& post) {
  for (const toml::node& item : list_of(table, "media")) post.media.push_back(medium_in(item));
  for (const toml::node& item : list_of(table, "reactions")) {
    post.reactions.push_back(reaction_in(item));
  }
  for (const toml::node& item : list_of(table, "buttons")) {
    auto [text, url] = pair_in(item);
    post.buttons.push_back({.text = std::move(text), .url = std::move(url)});
  }
  if (const toml::node* node = table.get("poll")) post.poll = poll_in(*node);
}

Instant date_in(const toml::table& table) {
  const auto date = parse_instant(text_of(table, "date"));
  if (!date) refuse(table, "date must be like \"2026-03-02T08:00:00Z\"");
  return *date;
}

/// A multi-line string ends with a line break that nobody means.
std::string trimmed(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

DemoPost post_in(const toml::table& table, const std::string& signature) {
  check_keys(table,
             {"id",
              "date",
              "views",
              "text",
              "author",
              "edited",
              "withheld",
              "service",
              "forward",
              "reply",
              "media",
              "poll",
              "preview",
              "buttons",
              "reactions",
              "expect",
              "signature"});
  DemoPost post{.id = number_of(table, "id"),
                .date = date_in(table),
                .views = text_of(table, "views"),
                .text = trimmed(text_of(table, "text")),
                .author = text_of(table, "author"),
                .edited = flag_of(table, "edited"),
                .withheld = flag_of(table, "withheld"),
                .service = service_in(table),
                .truth = truth_in(table)};
  read_relations(table, post);
  read_lists(table, post);
  if (!signature.empty() && flag_of(table, "signature")) {
    post.text += "\n\n" + signature;
    post.truth.removed.push_back({.kind = RemovedKind::signature, .text = plain_text(signature)});
    if (post.truth.outcome == Outcome::clean) post.truth.outcome = Outcome::stripped;
  }
  return post;
}

Channel facts_in(const toml::table& table) {
  check_keys(table,
             {"slug",
              "title",
              "description",
              "numeric_id",
              "audience",
              "counters",
              "verified",
              "preview",
              "page_messages",
              "unlinked_from",
              "signature"});
  Channel channel{.name = lowered(text_of(table, "slug")),
                  .slug = text_of(table, "slug"),
                  .title = text_of(table, "title"),
                  .description = trimmed(text_of(table, "description")),
                  .numeric_id = number_of(table, "numeric_id"),
                  .audience = text_of(table, "audience"),
                  .verified = flag_of(table, "verified"),
                  .preview = flag_of(table, "preview", true)};
  if (table.contains("page_messages")) {
    channel.page_messages = static_cast<int>(number_of(table, "page_messages"));
  }
  for (const toml::node& item : list_of(table, "counters")) {
    auto [value, type] = pair_in(item);
    channel.counters.push_back({.value = std::move(value), .type = std::move(type)});
  }
  for (const toml::node& item : list_of(table, "unlinked_from")) {
    channel.unlinked_from.push_back(item.value_or(MessageId{0}));
  }
  return channel;
}

Channel channel_in(const toml::table& file) {
  check_keys(file, {"channel", "post"});
  const toml::node* facts = file.get("channel");
  if (facts == nullptr) refuse(file, "[channel] is missing");
  Channel channel = facts_in(table_in(*facts));
  const std::string signature = trimmed(text_of(table_in(*facts), "signature"));
  for (const toml::node& node : list_of(file, "post")) {
    DemoPost post = post_in(table_in(node), signature);
    const bool ascends = channel.posts.empty() ||
                         channel.posts.back().id + channel.posts.back().messages() <= post.id;
    if (!ascends) refuse(node, "ids must ascend, albums take one for each item");
    channel.posts.push_back(std::move(post));
  }
  return channel;
}

Result<Channel> load_channel(const std::filesystem::path& path) {
  const auto at = [&](const toml::source_position& where, std::string_view what) {
    return fail(Errc::config,
                path.string() + ":" + std::to_string(where.line) + ": " + std::string(what));
  };
  try {
    return channel_in(toml::parse_file(path.string()));
  } catch (const Mistake& mistake) {
    return at(mistake.where, mistake.message);
  } catch (const toml::parse_error& error) {
    return at(error.source().begin, error.description());
  }
}

}  // namespace

int DemoPost::messages() const { return std::max(1, static_cast<int>(media.size())); }

Result<std::vector<Channel>> load_channels(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  if (error) return fail(Errc::config, folder.string() + ": " + error.message());
  if (paths.empty()) return fail(Errc::config, folder.string() + ": holds no channel (*.toml)");
  std::ranges::sort(paths);
  std::vector<Channel> channels;
  for (const auto& path : paths) {
    auto channel = load_channel(path);
    if (!channel) return fail(channel.error());
    channels.push_back(std::move(*channel));
  }
  return channels;
}

std::filesystem::path default_channels_folder() { return QANAT_DEMO_CHANNELS; }

}  // namespace qanat::demo
