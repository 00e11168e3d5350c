#include "app/post_input.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "app/json_line.h"
#include "app/label_doubts.h"
#include "base/names.h"
#include "base/utf8.h"
#include "classifier/plain_post.h"

namespace qanat::app {
namespace {

using InputJson = nlohmann::json;

constexpr std::size_t kMaxLineBytes = std::size_t{4} << 20;

/// Reads fields out of an object; the first that does not fit is kept as the problem.
class Fields {
 public:
  Fields(const InputJson& object, std::string path) : object_(object), path_(std::move(path)) {}

  std::string text(const char* key, bool required = false) {
    const InputJson* value = find(key, required);
    if (value == nullptr) return "";
    if (!value->is_string()) return complain(key, "must be text"), "";
    return value->get<std::string>();
  }
  bool truth(const char* key) {
    const InputJson* value = find(key, false);
    if (value == nullptr) return false;
    if (!value->is_boolean()) return complain(key, "must be true or false"), false;
    return value->get<bool>();
  }
  std::optional<std::int64_t> number(const char* key, bool required = false) {
    const InputJson* value = find(key, required);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number_integer()) return complain(key, "must be a whole number"), std::nullopt;
    return value->get<std::int64_t>();
  }
  /// Elements of a list; none when it is absent or null.
  std::vector<InputJson> list(const char* key) {
    const InputJson* value = find(key, false);
    if (value == nullptr) return {};
    if (!value->is_array()) return complain(key, "must be a list"), std::vector<InputJson>();
    return value->get<std::vector<InputJson>>();
  }
  /// An object; null when it is absent or null.
  const InputJson* object(const char* key) {
    const InputJson* value = find(key, false);
    if (value == nullptr || value->is_object()) return value;
    return complain(key, "must be an object"), nullptr;
  }
  template <class Enum>
  Enum name(const char* key, Enum otherwise, bool required = false) {
    const std::string value = text(key, required);
    if (value.empty()) return otherwise;
    const auto found = from_name<Enum>(value);
    if (!found) complain(key, "is `" + value + "`, which is not one of " + all_names<Enum>());
    return found.value_or(otherwise);
  }

  void complain(const std::string& key, const std::string& problem) {
    if (problem_.empty()) problem_ = "`" + path_ + key + "` " + problem;
  }
  void inherit(const Fields& inner) {
    if (problem_.empty()) problem_ = inner.problem_;
  }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  const InputJson* find(const char* key, bool required) {
    const auto found = object_.find(key);
    if (found != object_.end() && !found->is_null()) return &*found;
    if (required) complain(key, "is missing");
    return nullptr;
  }

  const InputJson& object_;
  std::string path_;
  std::string problem_;
};

/// Calls `read` with the fields of each object in the list under `key`.
template <class Read>
void each_object(Fields& fields, const char* key, Read read) {
  for (const InputJson& element : fields.list(key)) {
    if (!element.is_object()) {
      fields.complain(key, "must be a list of objects");
      return;
    }
    Fields inner(element, std::string(key) + "[].");
    read(inner);
    fields.inherit(inner);
  }
}

std::vector<std::string> texts(Fields& fields, const char* key) {
  std::vector<std::string> out;
  for (const InputJson& element : fields.list(key)) {
    if (element.is_string()) {
      out.push_back(element.get<std::string>());
    } else {
      fields.complain(key, "must be a list of texts");
    }
  }
  return out;
}

Span span_of(Fields& fields, const utf8::OffsetMap& offsets, std::size_t length) {
  const std::int64_t start = fields.number("start", true).value_or(0);
  const std::int64_t end = fields.number("end", true).value_or(0);
  if (start < 0 || end < start || std::cmp_greater(end, length)) {
    fields.complain("end",
                    "and `start` must be code points inside of `text`, which has " +
                        std::to_string(length) + ", start first");
    return {};
  }
  return {.begin = offsets.to_bytes(static_cast<std::size_t>(start)),
          .end = offsets.to_bytes(static_cast<std::size_t>(end))};
}

/// Where `text` stands in the post after the links before it; empty when it does not.
Span locate(const std::string& whole, const std::string& text, std::size_t& from) {
  const std::size_t at = text.empty() ? std::string::npos : whole.find(text, from);
  if (at == std::string::npos) return {.begin = from, .end = from};
  from = at + text.size();
  return {.begin = at, .end = from};
}

/// Addresses alone, or our record's {"url","text","masked"} of which the address counts.
std::vector<std::string> read_addresses(Fields& fields) {
  std::vector<std::string> out;
  for (const InputJson& element : fields.list("links")) {
    if (element.is_string()) {
      out.push_back(element.get<std::string>());
    } else if (element.is_object()) {
      Fields link(element, "links[].");
      out.push_back(link.text("url", true));
      fields.inherit(link);
    } else {
      fields.complain("links", "must be a list of addresses");
    }
  }
  return out;
}

void read_links(Fields& fields, Post& post) {
  std::size_t from = 0;
  each_object(fields, "links", [&](Fields& link) {
    const std::string text = link.text("text");
    post.links.push_back({.url = link.text("url", true),
                          .text = text,
                          .masked = link.truth("masked"),
                          .span = locate(post.text, text, from)});
  });
}

void read_entities(Fields& fields, Post& post) {
  const utf8::OffsetMap offsets(post.text);
  const std::size_t length = utf8::length(post.text);
  each_object(fields, "entities", [&](Fields& entity) {
    post.entities.push_back({.kind = entity.name("type", EntityKind::bold, true),
                             .span = span_of(entity, offsets, length),
                             .value = entity.text("value")});
  });
}

void read_surroundings(Fields& fields, Post& post) {
  if (const InputJson* forward = fields.object("forwarded_from")) {
    Fields from(*forward, "forwarded_from.");
    post.forwarded_from = {
        .name = from.text("name"), .url = from.text("url"), .author = from.text("author")};
    fields.inherit(from);
  }
  if (const InputJson* reply = fields.object("reply_to")) {
    Fields to(*reply, "reply_to.");
    post.reply_to = {.post = to.number("post"), .url = to.text("url"), .text = to.text("text")};
    fields.inherit(to);
  }
  if (const InputJson* preview = fields.object("link_preview")) {
    Fields shown(*preview, "link_preview.");
    post.link_preview = {.url = shown.text("url"),
                         .site_name = shown.text("site_name"),
                         .title = shown.text("title"),
                         .description = shown.text("description"),
                         .image_url = shown.text("image_url")};
    fields.inherit(shown);
  }
  if (const InputJson* poll = fields.object("poll")) {
    Fields asked(*poll, "poll.");
    post.poll.emplace();
    post.poll->question = asked.text("question");
    post.poll->type = asked.text("type");
    each_object(asked, "options", [&](Fields& option) {
      post.poll->options.push_back({.text = option.text("text"), .percent = std::nullopt});
    });
    fields.inherit(asked);
  }
}

/// What our record has beyond the short form, as far as a judgement looks at it.
void read_record_fields(Fields& fields, Post& post) {
  post.kind = fields.name("kind", PostKind::text);
  read_links(fields, post);
  post.author = fields.text("author");
  post.via_bot = fields.text("via_bot");
  post.hashtags = texts(fields, "hashtags");
  post.mentions = texts(fields, "mentions");
  read_entities(fields, post);
  read_surroundings(fields, post);
  each_object(fields, "buttons", [&](Fields& button) {
    post.buttons.push_back({.text = button.text("text"), .url = button.text("url")});
  });
  each_object(fields, "media", [&](Fields& medium) {
    Media media;
    media.type = medium.name("type", MediaType::photo, true);
    media.url = medium.text("url");
    media.title = medium.text("title");
    media.extra = medium.text("extra");
    post.media.push_back(std::move(media));
  });
}

/// Posts must bear a channel; text from elsewhere has none that is a public username.
ChannelName channel_of(const std::string& name) {
  return ChannelName::parse(name).value_or(*ChannelName::parse("elsewhere"));
}

/// Written by us, with all that a post has.
bool is_record(const std::string& schema) {
  return schema.starts_with("qanat.post/") || schema == kLabelledSchema;
}

GivenPost read_post(Fields& fields) {
  const std::string id = fields.text("id", true);
  const ChannelName channel = channel_of(fields.text("channel"));
  const MessageId message = fields.number("post").value_or(0);
  std::string text = fields.text("text", true);
  if (!is_record(fields.text("schema"))) {
    return {.id = id,
            .post = classifier::post_from_text(
                channel, message, std::move(text), read_addresses(fields))};
  }
  Post post{.id = {.channel = channel, .message = message}};
  post.text = std::move(text);
  read_record_fields(fields, post);
  return {.id = id, .post = std::move(post)};
}

/// What a verdict calls the marked text. Labelled files tell the line of reaction counters apart;
/// to a verdict it is the page's text like any other.
std::optional<RemovedKind> removed_kind(const std::string& kind) {
  return kind == "reactions" ? RemovedKind::boilerplate : from_name<RemovedKind>(kind);
}

/// for_each_line() with the line's number.
Result<void> for_each_numbered_line(
    std::istream& in,
    const std::string& name,
    const std::function<Result<void>(const std::string& line, std::int64_t number)>& row) {
  std::string line;
  for (std::int64_t number = 1; std::getline(in, line); ++number) {
    const std::string where = name + ":" + std::to_string(number);
    if (line.size() > kMaxLineBytes) {
      return fail(Errc::usage, where + ": more than 4MiB on one line; write one post per line");
    }
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (auto done = row(line, number); !done) return fail(Error{done.error()}.within(where));
  }
  if (in.bad()) return fail(Errc::usage, name + ": cannot be read to its end");
  return {};
}

}  // namespace

Post post_of_text(std::string text) {
  return classifier::post_from_text(channel_of(""), 0, std::move(text), {});
}

Result<GivenPost> read_given_post(const std::string& line) {
  const auto object = read_json_object(line);
  if (!object) return fail(object.error());
  Fields fields(*object, "");
  GivenPost given = read_post(fields);
  if (!fields.problem().empty()) return fail(Errc::usage, fields.problem());
  return given;
}

Result<GivenLabel> read_labelled_post(const std::string& line) {
  const auto object = read_json_object(line);
  if (!object) return fail(object.error());
  Fields fields(*object, "");
  GivenPost given = read_post(fields);
  GivenLabel out{.post = std::move(given.post), .labelled = {}, .other_spans = {}, .doubts = {}};
  out.labelled.id = given.id;
  out.labelled.channel = fields.text("channel");
  out.labelled.lang = fields.text("lang");
  out.labelled.text = out.post.text;
  out.labelled.label = fields.name("label", Label::other, true);
  out.labelled.ambiguous = fields.truth("ambiguous");
  const utf8::OffsetMap offsets(out.post.text);
  const std::size_t length = utf8::length(out.post.text);
  each_object(fields, "spans", [&](Fields& span) {
    const std::string kind = span.text("kind", true);
    const Span where = span_of(span, offsets, length);
    if (const auto known = removed_kind(kind)) {
      out.labelled.spans.push_back({.span = where, .kind = *known});
    } else {
      out.other_spans.push_back(kind);
    }
  });
  if (!fields.problem().empty()) return fail(Errc::usage, fields.problem());
  out.doubts = doubts_about(*object, out.labelled);
  return out;
}

Result<void> for_each_line(std::istream& in,
                           const std::string& name,
                           const std::function<Result<void>(const std::string&)>& row) {
  return for_each_numbered_line(
      in, name, [&](const std::string& line, std::int64_t /*number*/) { return row(line); });
}

Result<void> for_each_labelled_post(std::istream& in,
                                    const std::string& name,
                                    const std::function<Result<void>(GivenLabel)>& row) {
  std::map<std::pair<std::string, std::string>, std::int64_t> lines;  // by channel and id
  return for_each_numbered_line(
      in, name, [&](const std::string& line, std::int64_t number) -> Result<void> {
        auto given = read_labelled_post(line);
        if (!given) return fail(given.error());
        const std::string& id = given->labelled.id;
        if (id.empty()) {
          return fail(Errc::usage, "`id` is empty; give each post its own id");
        }
        std::string place = name + ":";
        place.append(std::to_string(number)).append(": ");
        for (std::string& doubt : given->doubts) doubt.insert(0, place);
        const auto [met, is_new] = lines.try_emplace({given->labelled.channel, id}, number);
        if (is_new) return row(*std::move(given));
        return fail(Errc::usage,
                    "`id` " + id + " is already that of line " + std::to_string(met->second) +
                        "; keep one of the two");
      });
}

}  // namespace qanat::app
