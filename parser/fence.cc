#include "parser/fence.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "parser/nesting.h"
#include "parser/tag_scanner.h"

namespace qanat::parser {

namespace {

/// Elements whose content is characters, not tags; they go, with it.
constexpr std::array<std::string_view, 7> kRawText = {
    "script", "style", "title", "textarea", "xmp", "noembed", "noframes"};

/// Tags that go, while their content stays.
constexpr auto kDropped = std::to_array<std::string_view>(
    {"form",    "select",  "option",   "optgroup", "noscript",  "template", "object",
     "applet",  "marquee", "frameset", "frame",    "plaintext", "isindex",  "keygen",
     "listing", "ruby",    "rb",       "rt",       "rp",        "rtc",      "menuitem"});

constexpr std::array<std::string_view, 2> kForeign = {"svg", "math"};

/// HTML that ends an <svg> which nobody closed.
constexpr std::array<std::string_view, 44> kEndsForeign = {
    "b",      "big",  "blockquote", "body",  "br",   "center", "code",    "dd",   "div",
    "dl",     "dt",   "em",         "embed", "h1",   "h2",     "h3",      "h4",   "h5",
    "h6",     "head", "hr",         "i",     "img",  "li",     "listing", "menu", "meta",
    "nobr",   "ol",   "p",          "pre",   "ruby", "s",      "small",   "span", "strong",
    "strike", "sub",  "sup",        "table", "tt",   "u",      "ul",      "var"};

/// The name in the list, or nothing.
std::string_view one_of(std::string_view written, std::span<const std::string_view> names) {
  const auto found =
      std::ranges::find_if(names, [written](auto each) { return is_name(written, each); });
  return found == names.end() ? std::string_view{} : *found;
}

std::string at_byte(std::size_t at) { return " at byte " + std::to_string(at); }

class Fence {
 public:
  Fence(std::string_view html, const Limits& limits)
      : html_(html), limits_(limits), scanner_(html) {}

  Result<std::string> run() {
    while (true) {
      const Markup markup = scanner_.next();
      if (markup == Markup::end) break;
      if (markup == Markup::comment) cut(scanner_.tag().begin, scanner_.tag().end);
      if (markup != Markup::tag) continue;
      if (const std::string problem = take(scanner_.tag()); !problem.empty())
        return fail(Errc::markup, problem);
    }
    if (elements_ == 0) return fail(Errc::markup, "no HTML in the page's bytes: fetch it again");
    cut(html_.size(), html_.size());
    return std::move(kept_);
  }

 private:
  /// Follows one tag; returns what is wrong with it, or nothing.
  std::string take(const Tag tag) {
    if (tag.attributes > limits_.max_attributes)
      return "more than " + std::to_string(limits_.max_attributes) + " attributes in one tag" +
             at_byte(tag.begin);
    if (!tag.closes && ++elements_ > limits_.max_elements)
      return "more than " + std::to_string(limits_.max_elements) + " elements" + at_byte(tag.begin);
    if (leave_out(tag)) return {};
    follow(tag);
    if (nesting_.depth() > static_cast<std::size_t>(limits_.max_depth))
      return "elements nested deeper than " + std::to_string(limits_.max_depth) +
             at_byte(tag.begin);
    return {};
  }

  void follow(const Tag& tag) {
    std::string before;
    const bool stays =
        tag.closes ? nesting_.close(tag.name, before) : nesting_.open(tag.name, before);
    if (stays && before.empty()) return;
    cut(tag.begin, stays ? tag.begin : tag.end);
    kept_ += before;
  }

  bool leave_out(const Tag& tag) {
    if (!one_of(tag.name, kDropped).empty()) {
      cut(tag.begin, tag.end);
      return true;
    }
    if (!one_of(tag.name, kForeign).empty()) {
      if (!tag.closes && !tag.self_closing) skip_foreign();
      cut(tag.begin, scanner_.at());
      return true;
    }
    const bool frame = is_name(tag.name, "iframe");
    const std::string_view raw = frame ? tag.name : one_of(tag.name, kRawText);
    if (raw.empty()) return false;
    if (!tag.closes) scanner_.skip_raw_text(frame ? "iframe" : raw);
    // An <iframe>'s address is read; its content goes.
    cut(frame && !tag.closes ? tag.end : tag.begin, scanner_.at());
    if (frame && !tag.closes) kept_ += "</iframe>";
    return true;
  }

  /// Goes to the end of an <svg> or <math>.
  void skip_foreign() {
    int nested = 1;
    while (nested > 0) {
      const TagScanner before = scanner_;
      const Markup markup = scanner_.next();
      if (markup == Markup::end) return;
      if (markup != Markup::tag) continue;
      const Tag& tag = scanner_.tag();
      if (!one_of(tag.name, kEndsForeign).empty()) {
        scanner_ = before;
        return;
      }
      if (!one_of(tag.name, kForeign).empty() && !tag.self_closing) nested += tag.closes ? -1 : 1;
    }
  }

  void cut(std::size_t begin, std::size_t end) {
    kept_.append(html_, kept_to_, begin - kept_to_);
    kept_to_ = end;
  }

  std::string_view html_;
  const Limits& limits_;
  TagScanner scanner_;
  Nesting nesting_;
  std::string kept_;
  std::size_t kept_to_ = 0;
  int elements_ = 0;
};

}  // namespace

Result<std::string> fenced(std::string_view html, const Limits& limits) {
  return Fence{html, limits}.run();
}

}  // namespace qanat::parser
