#include "parser/fence.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/attribute.h"
#include "parser/html_tree.h"
#include "parser/known_markup.h"
#include "parser/nesting.h"
#include "parser/tag_kind.h"
#include "parser/tag_scanner.h"

namespace qanat::parser {

namespace {

/// Elements of messages that no field is read from: the channel's picture, a bubble's corner.
constexpr std::array<std::string_view, 2> kUnread = {"tgme_widget_message_user",
                                                     "tgme_widget_message_bubble_tail"};

std::string at_byte(std::size_t at) { return " at byte " + std::to_string(at); }

class Fence {
 public:
  Fence(std::string_view html, const Limits& limits, std::string& kept)
      : html_(html), limits_(limits), scanner_(html), kept_(kept) {}

  Result<void> run() {
    while (true) {
      const Markup markup = scanner_.next();
      if (markup == Markup::end) break;
      if (markup == Markup::comment) cut(scanner_.tag().begin, scanner_.tag().end);
      if (markup != Markup::tag) continue;
      if (const std::string problem = take(scanner_.tag()); !problem.empty())
        return fail(Errc::markup, problem);
    }
    if (!any_) return fail(Errc::markup, "no HTML in the page's bytes; fetch it again");
    cut(html_.size(), html_.size());
    return {};
  }

 private:
  /// Follows one tag; returns what is wrong with it, or nothing.
  std::string take(const Tag tag) {
    any_ = any_ || !tag.closes;
    if (tag.attributes > limits_.max_attributes)
      return "more than " + std::to_string(limits_.max_attributes) + " attributes in one tag" +
             at_byte(tag.begin);
    const TagName name{tag.name};
    if (leave_out(tag, name) || skip_unread(tag, name)) return {};
    follow(tag, name);
    if (nesting_.depth() > static_cast<std::size_t>(limits_.max_depth))
      return "elements nested deeper than " + std::to_string(limits_.max_depth) +
             at_byte(tag.begin);
    return {};
  }

  void follow(const Tag& tag, const TagName& name) {
    before_.clear();
    const bool stays = tag.closes ? nesting_.close(name, before_) : nesting_.open(name, before_);
    if (!before_.empty()) {
      cut(tag.begin, tag.begin);
      kept_ += before_;
    }
    if (stays) {
      if (tag.attributes > 0) thin(tag);
      return;
    }
    cut(tag.begin, tag.end);
    if (!tag.closes && name.is(role::cell | role::row)) name_lost(name);
  }

  /// An element that goes must not go unseen: an empty <span> wears its name as a class. Not in
  /// the <head>, which that would end.
  void name_lost(const TagName& name) {
    const bool is_deepest = nesting_.depth() >= static_cast<std::size_t>(limits_.max_depth);
    if (nesting_.depth() == 0 || is_deepest) return;
    kept_.append("<span class=\"&lt;").append(name.known()).append("&gt;\"></span>");
  }

  /// Leaves in a tag only what some field is read from, each attribute once, as HTML does.
  void thin(const Tag& tag) {
    cut(tag.begin, tag.end);
    kept_.append(html_, tag.begin, tag.closes ? 2 : 1).append(tag.name);
    if (!tag.closes) keep_attributes();
    kept_ += '>';
  }

  void keep_attributes() {
    std::bitset<kAttributeNames.size()> seen;
    for (const TagAttribute& each : scanner_.attributes()) {
      const auto attribute = attribute_named(each.name);
      if (!attribute || seen[static_cast<std::size_t>(*attribute)]) continue;
      seen.set(static_cast<std::size_t>(*attribute));
      keep(*attribute, each);
    }
  }

  void keep(Attribute attribute, const TagAttribute& written) {
    if (attribute == Attribute::classes) {
      keep_classes(written);
      return;
    }
    // An emoji's style is its picture; of an onclick only its being there is read.
    if (attribute == Attribute::style && classes() == "emoji") return;
    const bool bare = attribute == Attribute::onclick;
    kept_.append(1, ' ').append(bare ? written.name : written.written);
  }

  void keep_classes(const TagAttribute& written) {
    if (written.value.find('"') != std::string_view::npos) {
      kept_.append(1, ' ').append(written.written);
      return;
    }
    const std::size_t before = kept_.size();
    kept_ += " class=\"";
    const std::size_t first = kept_.size();
    any_class(written.value, [&](std::string_view token) {
      if (!is_idle_class(token)) kept_.append(kept_.size() == first ? "" : " ").append(token);
      return false;
    });
    if (kept_.size() == first)
      kept_.resize(before);
    else
      kept_ += '"';
  }

  /// The class attribute as written; empty without one.
  [[nodiscard]] std::string_view classes() const {
    for (const TagAttribute& each : scanner_.attributes())
      if (is_name(each.name, "class")) return each.value;
    return {};
  }

  /// Cuts what no field is read from; says whether the tag was part of that.
  bool leave_out(const Tag tag, const TagName& name) {
    if (name.is(role::dropped | role::foreign)) {
      drop(tag, name);
      return true;
    }
    if (!name.is(role::raw_text | role::inline_frame)) return false;
    cut_raw_text(tag, name);
    return true;
  }

  void drop(const Tag& tag, const TagName& name) {
    trace_.clear();
    leave_trace();
    if (name.is(role::foreign) && !tag.closes && !tag.self_closing) skip_foreign();
    cut(tag.begin, scanner_.at());
    kept_ += trace_;
    const bool is_picture = name.known() == "svg";
    if (!tag.closes && !is_picture) name_lost(name);
  }

  void cut_raw_text(const Tag& tag, const TagName& name) {
    const bool address_stays = name.is(role::inline_frame) && !tag.closes;
    if (address_stays) thin(tag);
    const bool has_end = !tag.closes && skip_raw_text(tag, name);
    cut(address_stays ? tag.end : tag.begin, scanner_.at());
    if (address_stays) kept_ += "</iframe>";
    if (!has_end && !tag.closes) name_lost(name);
    if (has_end && has_words(name)) keep_words(tag, name);
  }

  /// Goes behind the element's end tag. Without one all that follows would be its text, every
  /// further post: then it goes behind the start tag, and says so.
  bool skip_raw_text(const Tag& tag, const TagName& name) {
    if (std::ranges::find(endless_, name.known()) != endless_.end()) return false;
    scanner_.skip_raw_text(name.known());
    if (scanner_.tag().closes) return true;
    endless_.push_back(name.known());
    scanner_.go_back_to(tag.end);
    return false;
  }

  /// Whether a page shows the raw text of the element as it is written.
  static bool has_words(const TagName& name) {
    return name.known() == "textarea" || name.known() == "xmp";
  }

  /// The raw text between the tag and its end tag, which was passed over, as text.
  void keep_words(const Tag& tag, const TagName& name) {
    name_lost(name);
    for (const char c : html_.substr(tag.end, scanner_.tag().begin - tag.end)) {
      if (c == '<')
        kept_ += "&lt;";
      else
        kept_ += c;
    }
  }

  /// A class that nobody knows must not go unseen because its element goes: an empty <span> wears
  /// it.
  void leave_trace() {
    const std::string unknown = unknown_classes(classes());
    if (!unknown.empty() && unknown.find('"') == std::string::npos)
      trace_ += "<span class=\"" + unknown + "\"></span>";
  }

  /// Cuts an element of a message that no field is read from, if all of it is as plain as
  /// Telegram's own; says whether it did.
  bool skip_unread(const Tag tag, const TagName& name) {
    if (tag.closes || std::ranges::find(kUnread, classes()) == kUnread.end()) return false;
    trace_.clear();
    if (find_plain_end(name)) {
      cut(tag.begin, scanner_.at());
      kept_ += trace_;
      return true;
    }
    scanner_.go_back_to(tag.begin);
    scanner_.next();
    return false;
  }

  /// Goes behind the end tag of the element it stands in, if that holds a few tags only and each is
  /// closed in its order: taking such an element out changes nothing around it.
  bool find_plain_end(const TagName& name) {
    constexpr int kTags = 16;
    std::vector<TagName> open{name};
    for (int tags = 0; tags < kTags && !open.empty(); ++tags)
      if (scanner_.next() != Markup::tag || !follow_plain(open)) return false;
    return open.empty();
  }

  /// Follows the tag at hand inside a plain element; says whether it is plain still.
  bool follow_plain(std::vector<TagName>& open) {
    const Tag& tag = scanner_.tag();
    const TagName name{tag.name};
    leave_trace();
    if (name.is(role::foreign) && !tag.closes) {
      if (!tag.self_closing) skip_foreign();
      return true;
    }
    if (tag.closes) {
      const bool in_order = open.back().same_element(name);
      if (in_order) open.pop_back();
      return in_order;
    }
    if (name.known().empty() || name.is(role::raw_text | role::inline_frame)) return false;
    if (!name.is(role::empty)) open.push_back(name);
    return true;
  }

  /// Goes to the end of an <svg> or <math>.
  void skip_foreign() {
    int nested = 1;
    while (nested > 0) {
      const Markup markup = scanner_.next();
      if (markup == Markup::end) return;
      if (markup != Markup::tag) continue;
      const Tag& tag = scanner_.tag();
      const TagName name{tag.name};
      if (name.is(role::ends_foreign)) {
        scanner_.go_back_to(tag.begin);
        return;
      }
      leave_trace();
      if (name.is(role::foreign) && !tag.self_closing) nested += tag.closes ? -1 : 1;
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
  std::string& kept_;
  std::size_t kept_to_ = 0;
  std::string before_;                     ///< end tags to write before the tag at hand
  std::string trace_;                      ///< what stays of elements that go
  std::vector<std::string_view> endless_;  ///< raw text of which no end tag follows
  bool any_ = false;
};

}  // namespace

Result<void> fence(std::string_view html, const Limits& limits, std::string& kept) {
  kept.clear();
  kept.reserve(html.size());
  return Fence{html, limits, kept}.run();
}

}  // namespace qanat::parser
