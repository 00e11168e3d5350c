#include "parser/text.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/links.h"
#include "parser/words.h"

namespace qanat::parser {

namespace {

constexpr std::size_t kUnset = std::string_view::npos;

/// What an element does to the text in it.
struct TextRole {
  std::optional<EntityKind> formatting;
  bool block = false;   ///< stands on lines of its own
  bool silent = false;  ///< its content is not text
  bool media = false;   ///< stands beside texts, in none
};

constexpr std::array<TextRole, GUMBO_TAG_LAST> text_roles() {
  std::array<TextRole, GUMBO_TAG_LAST> roles{};
  for (const GumboTag tag :
       {GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE,    GUMBO_TAG_DIV, GUMBO_TAG_P,       GUMBO_TAG_UL,
        GUMBO_TAG_OL,         GUMBO_TAG_LI,     GUMBO_TAG_H1,  GUMBO_TAG_H2,      GUMBO_TAG_H3,
        GUMBO_TAG_H4,         GUMBO_TAG_H5,     GUMBO_TAG_H6,  GUMBO_TAG_HR,      GUMBO_TAG_DL,
        GUMBO_TAG_DT,         GUMBO_TAG_TABLE,  GUMBO_TAG_TR,  GUMBO_TAG_SECTION, GUMBO_TAG_DETAILS,
        GUMBO_TAG_FIGURE,     GUMBO_TAG_SUMMARY})
    roles[tag].block = true;
  for (const GumboTag tag : {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_SVG})
    roles[tag].silent = true;
  for (const GumboTag tag : {GUMBO_TAG_IMG,
                             GUMBO_TAG_VIDEO,
                             GUMBO_TAG_AUDIO,
                             GUMBO_TAG_SOURCE,
                             GUMBO_TAG_IFRAME,
                             GUMBO_TAG_TIME})
    roles[tag].media = true;
  const auto format = [&roles](GumboTag tag, EntityKind kind) { roles[tag].formatting = kind; };
  format(GUMBO_TAG_B, EntityKind::bold);
  format(GUMBO_TAG_STRONG, EntityKind::bold);
  format(GUMBO_TAG_I, EntityKind::italic);
  format(GUMBO_TAG_EM, EntityKind::italic);
  format(GUMBO_TAG_U, EntityKind::underline);
  format(GUMBO_TAG_INS, EntityKind::underline);
  format(GUMBO_TAG_S, EntityKind::strike);
  format(GUMBO_TAG_STRIKE, EntityKind::strike);
  format(GUMBO_TAG_DEL, EntityKind::strike);
  format(GUMBO_TAG_CODE, EntityKind::code);
  format(GUMBO_TAG_PRE, EntityKind::pre);
  format(GUMBO_TAG_BLOCKQUOTE, EntityKind::quote);
  return roles;
}
constexpr std::array<TextRole, GUMBO_TAG_LAST> kRoles = text_roles();

const TextRole& role_of(Node node) { return kRoles[node.tag()]; }

std::optional<EntityKind> formatting_kind(Node node) {
  const bool expandable =
      node.is(GUMBO_TAG_BLOCKQUOTE) && node.has_attribute(Attribute::expandable);
  if (expandable) return EntityKind::collapsed_quote;
  if (node.is_custom("tg-emoji")) return EntityKind::custom_emoji;
  const bool spoiler =
      node.is_custom("tg-spoiler") || (node.is(GUMBO_TAG_SPAN) && node.has_class("tg-spoiler"));
  return spoiler ? EntityKind::spoiler : role_of(node).formatting;
}

/// What the element says about its text; nothing for elements without a meaning of their own.
std::optional<Entity> formatting_of(Node node) {
  const auto kind = formatting_kind(node);
  if (!kind) return std::nullopt;
  Entity entity{.kind = *kind};
  return entity;
}

/// "cpp" of class="language-cpp".
std::string language_of(Node node) {
  constexpr std::string_view kPrefix = "language-";
  std::string language;
  any_class(node.attribute(Attribute::classes), [&](std::string_view token) {
    if (token.starts_with(kPrefix)) language = token.substr(kPrefix.size());
    return !language.empty();
  });
  return language;
}

/// Collects text while the walk goes over it.
class TextReader {
 public:
  explicit TextReader(std::string_view slug) : slug_(slug) {}

  bool enter(Node node) {
    if (!node.is_element()) {
      append(node.text());
      return false;
    }
    if (node.is(GUMBO_TAG_BR)) {
      line_break();
      return false;
    }
    if (role_of(node).media && !emoji_) note_unknown(result_.unknown, name_in_text(node));
    if (node.is(GUMBO_TAG_IMG)) append(node.attribute(Attribute::alt));
    if (role_of(node).silent) return false;
    if (role_of(node).block) end_line();
    if (node.is(GUMBO_TAG_PRE)) ++inside_pre_;
    open(node);
    return true;
  }

  void leave(Node node) {
    if (!open_.empty() && open_.back().node == node) close();
    if (node.is(GUMBO_TAG_PRE)) --inside_pre_;
    if (node == emoji_) emoji_ = Node{};
    if (role_of(node).block) end_line();
  }

  RichText finish() {
    settle();
    trim();
    return std::move(result_);
  }

 private:
  /// An element whose text begins at `begin`, once there is some.
  struct Open {
    Node node;
    std::size_t entity = kUnset;
    std::size_t begin = kUnset;
  };

  static std::string name_in_text(Node node) {
    return "<" + std::string{node.name()} + "> in a text";
  }

  void open(Node node) {
    // <i class="emoji"><b>x</b></i> is neither italic nor bold. A link is in it by mistake only.
    if (emoji_ && !node.is(GUMBO_TAG_A)) return;
    if (node.has_class("emoji")) {
      emoji_ = node;
      return;
    }
    if (node.is(GUMBO_TAG_A) && node.has_attribute(Attribute::href)) {
      open_entity(node, Entity{.kind = EntityKind::link});
      return;
    }
    if (inside_pre_ > 0) name_language(node);
    if (inside_pre_ > 0 && node.is(GUMBO_TAG_CODE)) return;
    auto entity = formatting_of(node);
    if (!entity) return;
    if (entity->kind == EntityKind::custom_emoji) entity->value = emoji_id(node, result_.malformed);
    open_entity(node, std::move(*entity));
  }

  void open_entity(Node node, Entity entity) {
    entities_.push_back(std::move(entity));
    open_.push_back({.node = node, .entity = entities_.size() - 1});
  }

  /// <pre> and <code> share the language, wherever the page wrote it.
  void name_language(Node node) {
    const std::string language = language_of(node);
    if (language.empty()) return;
    if (node.is(GUMBO_TAG_PRE)) {
      pre_language_ = language;
      return;
    }
    const auto pre =
        std::ranges::find_if(open_, [](const Open& each) { return each.node.is(GUMBO_TAG_PRE); });
    if (pre != open_.end()) entities_[pre->entity].value = language;
  }

  void close() {
    const Open done = open_.back();
    open_.pop_back();
    const std::size_t end = result_.text.size();
    Entity& entity = entities_[done.entity];
    entity.span = {.begin = done.begin == kUnset ? end : done.begin, .end = end};
    if (entity.kind == EntityKind::pre && entity.value.empty())
      entity.value = std::exchange(pre_language_, {});
    if (done.node.is(GUMBO_TAG_A)) close_link(done.node, entity);
  }

  void close_link(Node anchor, Entity& entity) {
    const std::string shown = result_.text.substr(entity.span.begin, entity.span.size());
    std::string url = target_of(anchor, slug_, "link", result_.malformed);
    if (url.empty()) {
      entity.span = {};  // leads nowhere: its words are words
      return;
    }
    entity.kind = link_kind(anchor.attribute(Attribute::href), url, shown);
    if (entity.kind == EntityKind::link) entity.value = url;
    if (entity.kind == EntityKind::hashtag) result_.hashtags.push_back(shown);
    if (entity.kind == EntityKind::mention) result_.mentions.push_back(shown);
    constexpr std::array kNoLinks = {
        EntityKind::hashtag, EntityKind::cashtag, EntityKind::bot_command};
    if (std::ranges::find(kNoLinks, entity.kind) != kNoLinks.end()) return;
    const bool masked = is_masked(anchor, shown, url, slug_);
    result_.links.push_back(
        {.url = std::move(url), .text = shown, .masked = masked, .span = entity.span});
  }

  void append(std::string_view more) {
    if (inside_pre_ > 0) {
      append_kept(more);
      return;
    }
    // Telegram ends lines with <br>. A line end in the source is the page's own layout: as in a
    // browser, it is at most one space.
    while (!more.empty()) {
      const std::size_t end = std::min({more.find('\n'), more.find('\r'), more.size()});
      std::string_view line = more.substr(0, end);
      if (end < more.size()) line = line.substr(0, line.find_last_not_of(" \t") + 1);
      append_kept(line);
      if (end == more.size()) return;
      source_line_ended_ = true;
      more.remove_prefix(std::min(more.find_first_not_of(" \t\r\n", end), more.size()));
    }
  }

  void append_kept(std::string_view more) {
    if (more.empty()) return;
    std::string& text = result_.text;
    const bool at_line_start = text.empty() || text.back() == '\n';
    if (line_ended_ && !at_line_start)
      text += '\n';
    else if (source_line_ended_ && !at_line_start && text.back() != ' ')
      text += ' ';
    line_ended_ = source_line_ended_ = false;
    begin_open_elements();
    while (!more.empty()) {
      const std::size_t end = std::min(more.find('\r'), more.size());
      text += more.substr(0, end);
      more.remove_prefix(std::min(end + 1, more.size()));
    }
  }

  /// <br>. Right after a block it ends the block's last line and adds none.
  void line_break() {
    source_line_ended_ = line_ended_ = false;
    begin_open_elements();
    result_.text += '\n';
  }

  void end_line() { line_ended_ = !result_.text.empty(); }

  void begin_open_elements() {
    for (Open& each : open_)
      if (each.begin == kUnset) each.begin = result_.text.size();
  }

  /// Spans that say nothing go; the rest in the order that Post promises.
  void settle() {
    std::erase_if(entities_, [](const Entity& each) { return each.span.empty(); });
    std::ranges::stable_sort(entities_, [](const Entity& a, const Entity& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    result_.entities = std::move(entities_);
    // A link inside a link, which a table makes possible, ended before the outer one.
    std::ranges::stable_sort(result_.links, {}, [](const Link& each) { return each.span.begin; });
  }

  void trim() {
    const std::string_view kept = trimmed(result_.text);
    const auto begin = static_cast<std::size_t>(kept.data() - result_.text.data());
    const std::size_t end = begin + kept.size();
    const auto clip = [begin, end](Span& span) {
      span = {.begin = std::clamp(span.begin, begin, end) - begin,
              .end = std::clamp(span.end, begin, end) - begin};
    };
    for (Entity& each : result_.entities) clip(each.span);
    std::erase_if(result_.entities, [](const Entity& each) { return each.span.empty(); });
    result_.text = std::string{kept};
    for (Link& each : result_.links) {
      clip(each.span);
      each.text = result_.text.substr(each.span.begin, each.span.size());
    }
  }

  std::string_view slug_;
  RichText result_;
  std::vector<Entity> entities_;
  std::vector<Open> open_;
  Node emoji_;
  std::string pre_language_;
  int inside_pre_ = 0;
  bool line_ended_ = false;         ///< a block ended: more text starts a new line
  bool source_line_ended_ = false;  ///< only the markup's line ended: more text takes a space
};

}  // namespace

RichText read_text(Node element, std::string_view slug) {
  TextReader reader{slug};
  walk(element, reader);
  return reader.finish();
}

std::string emoji_id(Node emoji, Malformed& malformed) {
  const std::string_view id = emoji.attribute(Attribute::emoji_id);
  const bool is_id = !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_id) ++malformed["emoji_id"];
  return std::string{is_id ? id : ""};
}

std::string plain_text(Node element) { return read_text(element, {}).text; }

void append_below(RichText& text, RichText more) {
  for (const auto& [field, count] : more.malformed) text.malformed[field] += count;
  for (const auto& [name, count] : more.unknown) text.unknown[name] += count;
  if (more.text.empty()) return;
  if (!text.text.empty()) text.text += "\n\n";
  const std::size_t offset = text.text.size();
  const auto shift = [offset](Span& span) {
    span = {.begin = span.begin + offset, .end = span.end + offset};
  };
  for (Entity& each : more.entities) shift(each.span);
  for (Link& each : more.links) shift(each.span);
  const auto move_to = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  text.text += more.text;
  move_to(text.entities, more.entities);
  move_to(text.links, more.links);
  move_to(text.hashtags, more.hashtags);
  move_to(text.mentions, more.mentions);
}

}  // namespace qanat::parser
