#include "parser/tag_scanner.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace qanat::parser {

namespace {

constexpr std::string_view kSpace = " \t\n\r\f";
constexpr std::string_view kSpaceOrSlash = " \t\n\r\f/";
constexpr std::string_view kEndsName = " \t\n\r\f/>";
constexpr std::string_view kEndsAttributeName = " \t\n\r\f/>=";
constexpr std::string_view kEndsBareValue = " \t\n\r\f>";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

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
    if (is_letter(c)) return read_tag(at_);
    if (c == '!' || c == '?') return comment();
    if (c != '/') continue;
    tag_.closes = true;
    if (at_ + 1 < html_.size() && is_letter(html_[at_ + 1])) return read_tag(at_ + 1);
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
  else {
    const std::size_t usual = body.find("-->");
    const std::size_t odd = body.substr(0, usual).find("--!>");
    if (odd != std::string_view::npos)
      at_ += odd + 4;
    else
      at_ = usual == std::string_view::npos ? html_.size() : at_ + usual + 3;
  }
  tag_.end = at_;
  return Markup::comment;
}

Markup TagScanner::read_tag(std::size_t name_at) {
  at_ = std::min(html_.find_first_of(kEndsName, name_at), html_.size());
  tag_.name = html_.substr(name_at, at_ - name_at);
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
  at_ = std::min(html_.find_first_not_of(kSpaceOrSlash, at_), html_.size());
  // A slash right before the '>' that belongs to no value.
  tag_.self_closing = at_ < html_.size() && html_[at_] == '>' && html_[at_ - 1] == '/';
  if (at_ == html_.size() || html_[at_] == '>') return false;
  // The first character belongs to the name whatever it is: a stray quote, an '='.
  at_ = std::min(html_.find_first_of(kEndsAttributeName, at_ + 1), html_.size());
  const std::size_t sign = std::min(html_.find_first_not_of(kSpace, at_), html_.size());
  if (sign == html_.size() || html_[sign] != '=') return true;
  at_ = sign + 1;
  return read_value();
}

bool TagScanner::read_value() {
  at_ = std::min(html_.find_first_not_of(kSpace, at_), html_.size());
  if (at_ == html_.size() || html_[at_] == '>') return true;
  const char quote = html_[at_];
  if (quote == '"' || quote == '\'') {
    ++at_;
    skip_past({&quote, 1});
  } else {
    at_ = std::min(html_.find_first_of(kEndsBareValue, at_), html_.size());
  }
  return true;
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
    if (kEndsName.find(html_[end]) == std::string_view::npos) continue;
    tag_ = {.begin = at_ - 2, .closes = true};
    read_tag(at_);
    return;
  }
}

}  // namespace qanat::parser
