#include "export/field_table.h"

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "base/names.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

using enum FieldType;

constexpr std::array<std::string_view, 1> kSchemas = {record::kPostSchema};
constexpr std::array<std::string_view, 3> kLanguages = {"ru", "en", "other"};

Field object_of(std::string_view name, std::string_view meaning, std::vector<Field> fields) {
  return {.name = name, .type = object, .meaning = meaning, .fields = std::move(fields)};
}

Field list_of(std::string_view name, std::string_view meaning, Field element) {
  element.name = "element";
  return {.name = name, .type = list, .meaning = meaning, .fields = {std::move(element)}};
}

Field list_of_objects(std::string_view name, std::string_view meaning, std::vector<Field> fields) {
  return list_of(name, meaning, object_of("", "", std::move(fields)));
}

Field choice(std::string_view name,
             std::string_view meaning,
             std::span<const std::string_view> choices) {
  return {.name = name, .meaning = meaning, .choices = {choices.begin(), choices.end()}};
}

Field or_null(Field field) {
  field.nullable = true;
  return field;
}

std::vector<Field> identity_fields() {
  return {
      choice("schema", "Name and version of the record's form", kSchemas),
      {.name = "id", .meaning = "channel/post; names the post for ever"},
      {.name = "channel", .meaning = "The channel's public username, lower case"},
      {.name = "post", .type = integer, .meaning = "The post's number in its channel"},
      {.name = "url", .meaning = "The post's public address"},
      or_null({.name = "published_at",
               .type = moment,
               .meaning = "When it was published; null when the page's date was unreadable"}),
      {.name = "edited", .type = boolean, .meaning = "The page marks it as edited"},
      {.name = "first_seen_at",
       .type = moment,
       .meaning = "When we first read it; of imports the moment of the file or of the WARC's page"},
      {.name = "last_seen_at", .type = moment, .meaning = "When we last saw it on its channel"},
      or_null({.name = "deleted_at",
               .type = moment,
               .meaning = "When it was first found missing; null while the channel shows it"}),
      {.name = "revision",
       .type = integer,
       .meaning =
           "Counts the versions that we read: of text, formatting, kinds of media, poll, buttons"}};
}

Field kind_field() {
  return choice(
      "kind", "What the post is, by its first medium when it has one", names_of<PostKind>());
}

Field service_kind_field() {
  return or_null(choice("service_kind",
                        "What a service post tells of the channel; null for other posts",
                        names_of<ServiceKind>()));
}

std::vector<Field> origin_fields() {
  return {kind_field(),
          service_kind_field(),
          {.name = "author", .meaning = "The signature, if shown; else empty"},
          {.name = "via_bot", .meaning = "The bot it was written with, if shown; else empty"},
          or_null(object_of("forwarded_from",
                            "Whose post it forwards; null when it is the channel's own",
                            {{.name = "name", .meaning = "Name, as shown"},
                             {.name = "url", .meaning = "Address; empty when hidden or private"},
                             {.name = "author", .meaning = "Who signed the original, if shown"}})),
          or_null(object_of("reply_to",
                            "The post that it answers; null when it answers none",
                            {or_null({.name = "post",
                                      .type = integer,
                                      .meaning = "Its number; null when the link names none"}),
                             {.name = "url", .meaning = "Its address"},
                             {.name = "text", .meaning = "The quoted excerpt, not part of text"}})),
          choice("lang", "Language of the text", kLanguages),
          {.name = "text", .meaning = "The full text with its line breaks, ads included"}};
}

/// Where in `text` something lies.
Field start_field() {
  return {.name = "start", .type = integer, .meaning = "First code point in text"};
}
Field end_field() {
  return {.name = "end", .type = integer, .meaning = "Code point behind the last in text"};
}

Field entities_field() {
  return list_of_objects(
      "entities",
      "Formatting of the text; may nest",
      {choice("type", "Sort of formatting", names_of<EntityKind>()),
       start_field(),
       end_field(),
       {.name = "value", .meaning = "Address of a link, language of code, id of a custom emoji"}});
}

Field media_field() {
  return list_of_objects(
      "media",
      "Photos, videos and other media, in page order; no bytes",
      {choice("type", "Sort of medium", names_of<MediaType>()),
       {.name = "url", .meaning = "Address; stops working within days"},
       or_null({.name = "width", .type = integer, .meaning = "Pixels, as laid out"}),
       or_null({.name = "height", .type = integer, .meaning = "Pixels, as laid out"}),
       or_null({.name = "duration_seconds", .type = integer, .meaning = "Length in seconds"}),
       {.name = "title", .meaning = "File name, track, place or person"},
       {.name = "extra", .meaning = "Size, performer, address or price, as shown"}});
}

Field poll_field() {
  return or_null(object_of(
      "poll",
      "The post's poll; null when it has none",
      {{.name = "question", .meaning = "What it asks"},
       {.name = "type", .meaning = "Sort of poll, as shown"},
       {.name = "voters_text", .meaning = "How many voted, as shown"},
       list_of_objects(
           "options",
           "What may be chosen",
           {{.name = "text", .meaning = "The choice"},
            or_null({.name = "percent", .type = integer, .meaning = "Share of the votes"})})}));
}

Field link_preview_field() {
  return or_null(object_of("link_preview",
                           "The preview of a linked page below the text; null when there is none",
                           {{.name = "url", .meaning = "Address of the page"},
                            {.name = "site_name", .meaning = "Name of its site"},
                            {.name = "title", .meaning = "Its title"},
                            {.name = "description", .meaning = "Its description"},
                            {.name = "image_url", .meaning = "Address of its picture"}}));
}

Field reactions_field() {
  return list_of_objects(
      "reactions",
      "Reactions with their counts",
      {{.name = "emoji", .meaning = "The emoji; empty for a custom one"},
       {.name = "custom_emoji_id", .meaning = "Id of a custom emoji; else empty"},
       {.name = "paid", .type = boolean, .meaning = "Paid with stars"},
       or_null({.name = "count",
                .type = integer,
                .meaning = "How many; rounded where the page rounds, null when unreadable"}),
       {.name = "count_text", .meaning = "The count, as shown"}});
}

std::vector<Field> content_fields() {
  return {entities_field(),
          list_of_objects("links",
                          "Hyperlinks of the text, in its order",
                          {{.name = "url", .meaning = "Where it leads"},
                           {.name = "text", .meaning = "The words that are shown"},
                           {.name = "masked",
                            .type = boolean,
                            .meaning = "The words are not the address that it leads to"}}),
          list_of("hashtags", "Hashtags with #, as shown", {}),
          list_of("mentions", "Mentioned names with @, as shown", {}),
          media_field(),
          list_of("album", "Numbers of the posts that one album covers", {.type = integer}),
          poll_field(),
          link_preview_field(),
          list_of_objects("buttons",
                          "Buttons below the post",
                          {{.name = "text", .meaning = "The button's words"},
                           {.name = "url", .meaning = "Where it leads"}}),
          reactions_field(),
          or_null({.name = "views",
                   .type = integer,
                   .meaning = "Views; rounded where the page rounds, null when it shows none"}),
          {.name = "views_text", .meaning = "Views, as shown"}};
}

Field removed_field() {
  return list_of_objects(
      "removed",
      "Parts of the text that are left out of the answer, in order, disjoint",
      {start_field(),
       end_field(),
       choice("kind", "Why it is left out", names_of<RemovedKind>()),
       list_of("rules", "Ids of the rules that say so, strongest first", {}),
       {.name = "probability", .type = number, .meaning = "How sure the rules are, 0 to 1"}});
}

std::vector<Field> judgement_fields() {
  return {
      choice("label",
             "qa: a question with its answer, or a post that teaches; ad: it sells; mixed: both; "
             "other: the rest",
             names_of<Label>()),
      choice("outcome",
             "clean: nothing removed; stripped: parts removed; ad_only: all of it is an ad; "
             "review: too close to call",
             names_of<Outcome>()),
      {.name = "ad_probability",
       .type = number,
       .meaning = "That the post, or its promotional part, is an ad, 0 to 1"},
      {.name = "title", .meaning = "A heading above the question; empty when there is none"},
      {.name = "question", .meaning = "The question; empty when the post asks nothing"},
      {.name = "answer", .meaning = "The rest without ads, signature and boilerplate"},
      removed_field(),
      {.name = "cluster", .meaning = "Id of the first of the posts that say nearly the same"},
      {.name = "content_sha256", .meaning = "SHA-256 (hex) of what the author wrote"},
      object_of("provenance",
                "The way back to the fetched pages",
                {{.name = "snapshot",
                  .meaning = "sha256: and the hash of the page that showed this text first"},
                 {.name = "fetched_at", .type = moment, .meaning = "When that was fetched"},
                 {.name = "host", .meaning = "Where from"},
                 {.name = "parser", .meaning = "Version of the parser that read it"},
                 {.name = "ruleset", .meaning = "sha256: and the fingerprint of the ad rules"},
                 {.name = "last_snapshot",
                  .meaning = "The page that the post was last read from: views, reactions, media, "
                             "previews and marks are as it shows them"},
                 {.name = "last_fetched_at", .type = moment, .meaning = "When that was fetched"},
                 {.name = "last_host", .meaning = "Where from"},
                 {.name = "last_parser", .meaning = "Version of the parser that read it"}})};
}

std::vector<Field> make_record_fields() {
  std::vector<Field> out;
  for (std::vector<Field> part :
       {identity_fields(), origin_fields(), content_fields(), judgement_fields()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

}  // namespace

const std::vector<Field>& record_fields() {
  static const std::vector<Field> fields = make_record_fields();
  return fields;
}

}  // namespace qanat::exporting
