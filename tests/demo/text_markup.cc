#include "demo/text_markup.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "demo/html.h"

namespace qanat::demo {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kEntities = {{
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&amp;", "&"},
    {"&nbsp;", "\u00A0"},
}};

bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_';
}

bool is_tag_letter(char letter) {  // bytes of letters beyond ASCII count as letters
  return is_name_letter(letter) || static_cast<unsigned char>(letter) >= 0x80;
}

bool is_pictograph(char32_t value) {
  return (value >= 0x1F000 && value <= 0x1FAFF) || (value >= 0x2600 && value <= 0x27BF) ||
         (value >= 0x23E9 && value <= 0x23FA) || value == 0x2B50 || value == 0x2B55 ||
         (value >= 0x2B05 && value <= 0x2B07) || value == 0x231A || value == 0x231B;
}

bool is_flag_letter(char32_t value) { return value >= 0x1F1E6 && value <= 0x1F1FF; }

constexpr char32_t kPresentation = 0xFE0F;
constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kKeycap = 0x20E3;

/// How many bytes of an emoji start at `at`; 0 when none does.
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

std::string emoji_markup(std::string_view emoji) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
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

constexpr std::string_view kConfirm =
    " onclick=\"return confirm('Open this link?\\n\\n'+this.href);\"";

std::string link_markup(std::string_view href, std::string_view shown, bool masked) {
  // Telegram escapes the address of a masked link twice.
  const std::string once = escape(href);
  return fill("<a href=\"{href}\" target=\"_blank\" rel=\"noopener\"{confirm}>{shown}</a>",
              {{"href", masked ? escape(once) : once},
               {"confirm", masked ? kConfirm : ""},
               {"shown", shown}});
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (is_name_letter(letter)) {
      out += letter;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 0x0FU];
    }
  }
  return out;
}

/// Walks over one text. Links are made outside <a>, <code> and <pre> only.
class Writer {
 public:
  explicit Writer(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool at_word_start() const { return at_ == 0 || !is_tag_letter(text_[at_ - 1]); }

  void emit(std::size_t taken, std::string_view markup) {
    out_ += markup;
    at_ += taken;
  }

  void step() {
    if (rest().starts_with("<a ")) return anchor();
    if (rest().front() == '<') return tag();
    if (fenced_ == 0 && (bare_address() || mention() || hashtag())) return;
    if (const std::size_t length = emoji_length(text_, at_)) {
      return emit(length, emoji_markup(rest().substr(0, length)));
    }
    letter();
  }

  /// <a href="…">shown</a>: masked when it shows something else than where it leads.
  void anchor() {
    constexpr std::string_view kOpen = "<a href=\"";
    const std::size_t quote = rest().find('"', kOpen.size());
    const std::size_t end = rest().find("</a>");
    const std::string_view href = rest().substr(kOpen.size(), quote - kOpen.size());
    const std::string_view shown = rest().substr(quote + 2, end - quote - 2);
    Writer inner(shown);
    inner.fenced_ = 1;
    const bool mail = href.starts_with("mailto:");
    emit(end + 4,
         mail ? fill("<a href=\"{href}\">{shown}</a>", {{"href", href}, {"shown", inner.run()}})
              : link_markup(href, inner.run(), plain_text(shown) != href));
  }

  void tag() {
    const std::size_t end = rest().find('>') + 1;
    const std::string_view whole = rest().substr(0, end);
    for (const std::string_view fence : {"code", "pre"}) {
      if (whole.substr(1).starts_with(fence)) ++fenced_;
      if (whole.substr(1).starts_with('/') && whole.substr(2).starts_with(fence)) --fenced_;
    }
    emit(end, whole);
  }

  bool bare_address() {
    const bool schemeless = rest().starts_with("t.me/");
    if (!at_word_start() ||
        !(schemeless || rest().starts_with("https://") || rest().starts_with("http://"))) {
      return false;
    }
    std::string_view address = rest().substr(0, rest().find_first_of(" \n<>()«»"));
    while (std::string_view(".,;:!?").contains(address.back())) address.remove_suffix(1);
    const std::string href = (schemeless ? "https://" : "") + std::string(address);
    emit(address.size(), link_markup(href, escape(address), false));
    return true;
  }

  bool mention() {
    if (rest().front() != '@' || !at_word_start()) return false;
    const auto end = std::find_if_not(rest().begin() + 1, rest().end(), is_name_letter);
    const std::string_view name(rest().begin() + 1, end);
    if (name.size() < 4) return false;
    emit(name.size() + 1,
         fill("<a href=\"https://t.me/{name}\" target=\"_blank\">@{name}</a>", {{"name", name}}));
    return true;
  }

  bool hashtag() {
    if (rest().front() != '#' || !at_word_start()) return false;
    const auto end = std::find_if_not(rest().begin() + 1, rest().end(), is_tag_letter);
    const std::string_view whole(rest().begin(), end);
    const bool only_digits = std::ranges::all_of(
        whole.substr(1), [](char digit) { return digit >= '0' && digit <= '9'; });
    if (only_digits) return false;
    emit(whole.size(),
         fill("<a href=\"?q={query}\">{tag}</a>",
              {{"query", percent_encoded(whole)}, {"tag", whole}}));
    return true;
  }

  void letter() {
    switch (rest().front()) {
      case '\n': return emit(1, "<br/>");
      case '!': return emit(1, "&#33;");
      case '$': return emit(1, "&#036;");
      case '\'': return emit(1, "&#39;");
      case '"': return emit(1, "&quot;");
      case '>': return emit(1, "&gt;");
      default: break;
    }
    for (const auto& [entity, decoded] : kEntities) {
      if (rest().starts_with(entity)) return emit(entity.size(), entity);
    }
    if (rest().front() == '&') return emit(1, "&amp;");
    emit(1, rest().substr(0, 1));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  int fenced_ = 0;
};

}  // namespace

std::string page_markup(std::string_view text) { return Writer(text).run(); }

std::string plain_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text.front() == '<') {
      text.remove_prefix(text.find('>') + 1);
      continue;
    }
    std::size_t taken = 1;
    std::string_view shown = text.substr(0, 1);
    for (const auto& [entity, decoded] : kEntities) {
      if (!text.starts_with(entity)) continue;
      taken = entity.size();
      shown = decoded;
    }
    out += shown;
    text.remove_prefix(taken);
  }
  return out;
}

}  // namespace qanat::demo
