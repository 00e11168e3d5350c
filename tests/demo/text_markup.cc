#include "demo/text_markup.h"

#include <algorithm>
#include <array>
#include <utility>

#include "markup/html.h"
#include "markup/words.h"

namespace qanat::demo {
namespace {

using markup::escape;
using markup::fill;

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
    if (const std::size_t length = markup::emoji_length(text_, at_)) {
      return emit(length, markup::emoji_image(rest().substr(0, length)));
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
              : markup::anchor(href, inner.run(), plain_text(shown) != href));
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
    emit(address.size(), markup::anchor(href, escape(address), false));
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
              {{"query", markup::percent_encoded(whole)}, {"tag", whole}}));
    return true;
  }

  void letter() {
    for (const auto& [entity, decoded] : kEntities) {
      if (rest().starts_with(entity)) return emit(entity.size(), entity);
    }
    emit(1, markup::character(rest().substr(0, 1)));
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
