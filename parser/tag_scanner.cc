#include "parser/tag_scanner.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/ascii.h"

namespace qanat::parser {

namespace {

constexpr CharacterSet kSpace{" \t\n\r\f"};
constexpr CharacterSet kSpaceOrSlash{" \t\n\r\f/"};
constexpr CharacterSet kEndsName{" \t\n\r\f/>"};
constexpr CharacterSet kEndsAttributeName{" \t\n\r\f/>="};
constexpr CharacterSet kEndsBareValue{" \t\n\r\f>"};

}  // namespace

bool is_name(std::string_view written, std::string_view lower_name) {
  return std::ranges::equal(written, lower_name, [](char a, char b) { return lower(a) == b; });
}

Markup TagScanner::next() {
  while (true) {
    const std::size_t open = html_.find('<', at_);
    if (open == std::string_view::npos || open + 1 >= html_.size()) break;
    tag_ = {.begin = open};
    at_ = open + 1;
    const char c = html_[at_];
    if (is_ascii_letter(c)) return read_tag(at_);
    if (c == '!' || c == '?') return comment();
    if (c != '/') continue;
    tag_.closes = true;
    if (at_ + 1 < html_.size() && is_ascii_letter(html_[at_ + 1])) return read_tag(at_ + 1);
    return comment();
  }
  at_ = html_.size();
  tag_ = {.begin = at_, .end = at_};
  return Markup::end;
}

Markup TagScanner::comment() {
  const std::string_view rest = html_.substr(at_);
  if (!rest.starts_with("!--")) {
    const bool doctype = is_name(rest.substr(0, 8), "!doctype");
    skip_past(">");
    tag_.end = at_;
    return doctype ? Markup::doctype : Markup::comment;
  }
  at_ += 3;
  const std::string_view body = html_.substr(at_);
  if (body.starts_with('>'))
    at_ += 1;
  else if (body.starts_with("->"))
    at_ += 2;
  else
    skip_comment_text();
  tag_.end = at_;
  return Markup::comment;
}

/// Up to "-->", or the "--!>" that HTML takes for it, and over that.
void TagScanner::skip_comment_text() {
  while (skip_past("--")) {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with('>') || rest.starts_with("!>")) {
      at_ += rest.starts_with('>') ? 1 : 2;
      return;
    }
    --at_;  // "--->" ends too
  }
}

Markup TagScanner::read_tag(std::size_t name_at) {
  at_ = first_of(kEndsName, name_at);
  tag_.name = html_.substr(name_at, at_ - name_at);
  attributes_.clear();
  while (read_attribute()) ++tag_.attributes;
  if (at_ >= html_.size()) {
    tag_.end = at_ = html_.size();
    return Markup::end;
  }
  tag_.self_closing = html_[at_ - 1] == '/' && tag_.self_closing;
  tag_.end = ++at_;
  return Markup::tag;
}

/// Returns false at the tag's '>' or the input's end.
bool TagScanner::read_attribute() {
  at_ = first_not_of(kSpaceOrSlash, at_);
  // A slash right before the '>' that belongs to no value.
  tag_.self_closing = at_ < html_.size() && html_[at_] == '>' && html_[at_ - 1] == '/';
  if (at_ == html_.size() || html_[at_] == '>') return false;
  const std::size_t begin = at_;
  // The first character belongs to the name whatever it is: a stray quote, an '='.
  at_ = first_of(kEndsAttributeName, at_ + 1);
  TagAttribute attribute{.name = html_.substr(begin, at_ - begin), .value = {}, .written = {}};
  const std::size_t sign = first_not_of(kSpace, at_);
  if (sign < html_.size() && html_[sign] == '=') {
    at_ = sign + 1;
    attribute.value = read_value();
  }
  attribute.written = html_.substr(begin, at_ - begin);
  note(attribute);
  return true;
}

std::string_view TagScanner::read_value() {
  at_ = first_not_of(kSpace, at_);
  if (at_ == html_.size() || html_[at_] == '>') return {};
  const char quote = html_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t begin = ++at_;
    const bool closed = skip_past({&quote, 1});
    return html_.substr(begin, at_ - begin - (closed ? 1 : 0));
  }
  const std::size_t begin = at_;
  at_ = first_of(kEndsBareValue, at_);
  return html_.substr(begin, at_ - begin);
}

void TagScanner::note(const TagAttribute& attribute) {
  // No tag of Telegram's has a dozen; the bound keeps memory below the input's size.
  constexpr std::size_t kFollowed = 64;
  if (attributes_.size() < kFollowed) attributes_.push_back(attribute);
}

std::size_t TagScanner::first_of(const CharacterSet& set, std::size_t from) const {
  while (from < html_.size() && !set.has(html_[from])) ++from;
  return from;
}

std::size_t TagScanner::first_not_of(const CharacterSet& set, std::size_t from) const {
  while (from < html_.size() && set.has(html_[from])) ++from;
  return from;
}

bool TagScanner::skip_past(std::string_view mark) {
  const std::size_t found = html_.find(mark, at_);
  at_ = found == std::string_view::npos ? html_.size() : found + mark.size();
  return found != std::string_view::npos;
}

void TagScanner::skip_raw_text(std::string_view lower_name) {
  while (skip_past("</")) {
    const std::size_t end = at_ + lower_name.size();
    if (end >= html_.size() || !is_name(html_.substr(at_, lower_name.size()), lower_name)) continue;
    if (!kEndsName.has(html_[end])) continue;
    tag_ = {.begin = at_ - 2, .closes = true};
    read_tag(at_);
    return;
  }
}

}  // namespace qanat::parser
