#include "markup/words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "markup/html.h"

namespace qanat::markup {
namespace {

bool is_pictograph(char32_t value) {
  return (value >= 0x1F000 && value <= 0x1FAFF) || (value >= 0x2600 && value <= 0x27BF) ||
         (value >= 0x23E9 && value <= 0x23FA) || value == 0x2B50 || value == 0x2B55 ||
         (value >= 0x2B05 && value <= 0x2B07) || value == 0x231A || value == 0x231B;
}

bool is_flag_letter(char32_t value) { return value >= 0x1F1E6 && value <= 0x1F1FF; }

bool is_plain_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_';
}

constexpr char32_t kPresentation = 0xFE0F;
constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kKeycap = 0x20E3;
constexpr std::string_view kHex = "0123456789ABCDEF";
constexpr std::string_view kConfirm =
    " onclick=\"return confirm('Open this link?\\n\\n'+this.href);\"";

std::string anchor_to(std::string_view escaped, std::string_view inside, std::string_view more) {
  return fill("<a href=\"{href}\" target=\"_blank\" rel=\"noopener\"{more}>{inside}</a>",
              {{"href", escaped}, {"more", more}, {"inside", inside}});
}

bool is_block(EntityKind kind) {
  return kind == EntityKind::quote || kind == EntityKind::collapsed_quote ||
         kind == EntityKind::pre;
}

/// Walks over one text, opening and closing what lies over it.
class Writer {
 public:
  Writer(const Words& words, const Manner& manner)
      : text_(words.text), words_(words), manner_(manner) {}

  std::string run() {
    while (true) {
      close_ended();
      if (at_ >= text_.size()) return std::move(out_);
      open_begun();
      step();
    }
  }

 private:
  struct Open {
    const Entity* entity;
    std::string end_tag;
  };

  void close_ended() {
    while (!open_.empty() && open_.back().entity->span.end == at_) {
      const Entity& ended = *open_.back().entity;
      if (at_ == text_.size()) blank_at_end(ended.kind);
      block_ended_ = is_block(ended.kind);
      out_ += open_.back().end_tag;
      open_.pop_back();
    }
  }

  /// Telegram trims a text after it has placed the formatting: white space stays within it.
  void blank_at_end(EntityKind kind) {
    constexpr std::array<std::string_view, 4> kBlanks = {" ", "<br/>", "&nbsp;", "<br/><br/>"};
    const bool may_hold = kind == EntityKind::bold || kind == EntityKind::italic;
    if (may_hold && manner_.unusual(4)) out_ += manner_.random->pick(kBlanks);
  }

  void open_begun() {
    for (; next_ < words_.entities.size() && words_.entities[next_].span.begin == at_; ++next_) {
      const Entity& entity = words_.entities[next_];
      auto [start_tag, end_tag] = tags_of(entity);
      out_ += start_tag;
      open_.push_back({.entity = &entity, .end_tag = std::move(end_tag)});
    }
  }

  using Tags = std::pair<std::string, std::string>;

  static Tags element(std::string_view name, std::string_view attributes = {}) {
    return {fill("<{name}{more}>", {{"name", name}, {"more", attributes}}),
            fill("</{name}>", {{"name", name}})};
  }

  Tags either(std::string_view usual, std::string_view unusual) {
    return element(manner_.unusual(6) ? unusual : usual);
  }

  Tags tags_of(const Entity& entity) {
    switch (entity.kind) {
      case EntityKind::bold: return either("b", "strong");
      case EntityKind::italic: return either("i", "em");
      case EntityKind::underline: return either("u", "ins");
      case EntityKind::strike: return either("s", "del");
      case EntityKind::code: return element("code");
      case EntityKind::pre: return pre(entity.value);
      case EntityKind::spoiler: return spoiler();
      case EntityKind::quote: return element("blockquote");
      case EntityKind::collapsed_quote: return element("blockquote", " expandable");
      case EntityKind::custom_emoji:
        return element("tg-emoji", fill(" emoji-id=\"{id}\"", {{"id", escape(entity.value)}}));
      default: return link(entity);
    }
  }

  Tags pre(const std::string& language) {
    if (language.empty()) return element("pre");
    const std::string named = fill(" class=\"language-{name}\"", {{"name", escape(language)}});
    if (manner_.unusual(2)) return element("pre", named);
    return {"<pre><code" + named + ">", "</code></pre>"};
  }

  Tags spoiler() {
    if (!manner_.unusual(4)) return element("tg-spoiler");
    return {"<span class=\"tg-spoiler\">", "</span>"};
  }

  Tags link(const Entity& entity) {
    const std::string_view shown = text_.substr(entity.span.begin, entity.span.size());
    const auto link = std::ranges::find(words_.links, entity.span, &Link::span);
    if (entity.kind == EntityKind::hashtag || entity.kind == EntityKind::cashtag)
      return bare_anchor("?q=" + percent_encoded(shown));
    if (entity.kind == EntityKind::bot_command)
      return bare_anchor("tg://bot_command?command=" + std::string{shown.substr(1)});
    if (entity.kind == EntityKind::mention) return bare_anchor(link->url, " target=\"_blank\"");
    if (entity.kind != EntityKind::link) return bare_anchor(link->url);
    constexpr std::string_view kEnd = "</a>";
    std::string whole = link_anchor(*link);
    whole.resize(whole.size() - kEnd.size());
    return {std::move(whole), std::string{kEnd}};
  }

  static Tags bare_anchor(std::string_view href, std::string_view more = {}) {
    return element("a", fill(" href=\"{href}\"{more}", {{"href", escape(href)}, {"more", more}}));
  }

  std::string link_anchor(const Link& link) {
    const bool asks = link.masked || (link.text == link.url && manner_.unusual(5));
    // Until 2024 a link that asks was escaped once, like any other.
    constexpr int kEscapedTwiceSince = 2024;
    const bool once = asks && manner_.year < kEscapedTwiceSince && !link.url.contains(';');
    return once ? anchor_to(escape(link.url), "", kConfirm) : anchor(link.url, "", asks);
  }

  /// Up to where nothing opens or closes.
  [[nodiscard]] std::string_view undivided() const {
    std::size_t end = text_.size();
    if (!open_.empty()) end = std::min(end, open_.back().entity->span.end);
    if (next_ < words_.entities.size()) end = std::min(end, words_.entities[next_].span.begin);
    return text_.substr(at_, end - at_);
  }

  void step() {
    const std::string_view rest = undivided();
    std::size_t taken = emoji_length(rest, 0);
    if (taken > 0) {
      out_ += manner_.unusual(12) ? std::string{rest.substr(0, taken)}
                                  : emoji_image(rest.substr(0, taken));
    } else if (rest.front() == '\n') {
      taken = 1;
      if (!goes_without_saying()) out_ += line_end();
    } else {
      taken = utf8::decode(rest, 0).length;
      const std::string written = character(rest.substr(0, taken));
      // A word that was searched for.
      out_ += manner_.unusual(60) ? "<mark>" + written + "</mark>" : written;
    }
    at_ += taken;
    block_ended_ = false;
  }

  std::string_view line_end() {
    const bool in_pre = !open_.empty() && open_.back().entity->kind == EntityKind::pre;
    const bool first = in_pre && open_.back().entity->span.begin == at_;
    if (in_pre && !first && manner_.unusual(3)) return "\n";
    return manner_.unusual(8) ? "<br>" : "<br/>";
  }

  /// Whether a block's edge ends the line here, so that <br/> may be left out.
  bool goes_without_saying() {
    if (manner_.random == nullptr || !manner_.unusual(2)) return false;
    const bool opened = !open_.empty() && open_.back().entity->span.begin == at_;
    const bool ends_with_it = !open_.empty() && open_.back().entity->span.end == at_ + 1;
    if (opened || ends_with_it || at_ == 0) return false;
    const bool begins_block = next_ < words_.entities.size() &&
                              words_.entities[next_].span.begin == at_ + 1 &&
                              std::ranges::any_of(
                                  words_.entities,
                                  [this](const Entity& each) {
                                    return is_block(each.kind) && each.span.begin == at_ + 1;
                                  });
    const bool empty_line = text_[at_ - 1] == '\n' || text_[at_ + 1] == '\n';
    return !empty_line && (block_ended_ || begins_block);
  }

  std::string_view text_;
  const Words& words_;
  const Manner& manner_;
  std::vector<Open> open_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;      ///< entity to open
  bool block_ended_ = false;  ///< right here
  std::string out_;
};

}  // namespace

std::size_t emoji_length(std::string_view text, std::size_t at) {
  const auto read = [&](std::size_t from) {
    return from < text.size() ? utf8::decode(text, from) : utf8::CodePoint{};
  };
  const utf8::CodePoint first = read(at);
  std::size_t end = at + first.length;
  if (first.value < 0x80) {  // "1️⃣"
    const utf8::CodePoint variant = read(end);
    const utf8::CodePoint keycap = read(end + variant.length);
    const bool is_keycap = variant.value == kPresentation && keycap.value == kKeycap;
    return is_keycap ? first.length + variant.length + keycap.length : 0;
  }
  if (!is_pictograph(first.value)) return 0;
  if (is_flag_letter(first.value) && is_flag_letter(read(end).value)) {
    return end + read(end).length - at;
  }
  while (true) {
    const utf8::CodePoint next = read(end);
    const bool modifies =
        next.value == kPresentation || (next.value >= 0x1F3FB && next.value <= 0x1F3FF);
    if (modifies) {
      end += next.length;
    } else if (next.value == kJoiner && is_pictograph(read(end + next.length).value)) {
      end += next.length + read(end + next.length).length;
    } else {
      return end - at;
    }
  }
}

std::string emoji_image(std::string_view emoji) {
  std::string name;
  for (std::size_t at = 0; at < emoji.size();) {
    const utf8::CodePoint point = utf8::decode(emoji, at);
    for (std::size_t i = at; point.value != kPresentation && i < at + point.length; ++i) {
      const auto byte = static_cast<unsigned char>(emoji[i]);
      name += kHex[byte >> 4U];
      name += kHex[byte & 0x0FU];
    }
    at += point.length;
  }
  return fill(
      "<i class=\"emoji\" style=\"background-image:url('/img/emoji/40/{name}.png')\">"
      "<b>{emoji}</b></i>",
      {{"name", name}, {"emoji", emoji}});
}

std::string character(std::string_view utf8) {
  switch (utf8.front()) {
    case '\n': return "<br/>";
    case '!': return "&#33;";
    case '$': return "&#036;";
    case '\'': return "&#39;";
    default: return escape(utf8);
  }
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (is_plain_letter(letter)) {
      out += letter;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 0x0FU];
    }
  }
  return out;
}

std::string anchor(std::string_view href, std::string_view inside, bool asks) {
  const std::string once = escape(href);
  return anchor_to(asks ? escape(once) : once, inside, asks ? kConfirm : "");
}

std::string plain_words(std::string_view text) {
  return formatted_words({.text = text, .entities = {}, .links = {}}, {});
}

std::string formatted_words(const Words& words, const Manner& manner) {
  return Writer(words, manner).run();
}

}  // namespace qanat::markup
