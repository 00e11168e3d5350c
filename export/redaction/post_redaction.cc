#include "export/redaction/post_redaction.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "base/ascii.h"
#include "base/channel_name.h"
#include "export/redaction/characters.h"

namespace qanat::exporting {
namespace {

/// The channel or group of "https://t.me/name/12", in small letters: people have no numbered
/// messages.
std::optional<std::string> channel_of_message(std::string_view url) {
  const std::string_view path = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view number = path.substr(slash + 1);
  if (number.empty() || !std::ranges::all_of(number, is_ascii_digit)) return std::nullopt;
  const auto name = ChannelName::parse(path.substr(0, slash));
  return name ? std::optional(name->str()) : std::nullopt;
}

bool is_contact_phone(const Media& item) {
  return item.type == MediaType::contact && std::ranges::any_of(item.extra, is_ascii_digit);
}

/// Each line of the post's code.
std::vector<std::string> code_lines(const Post& post) {
  std::vector<std::string> lines;
  for (const Entity& entity : post.entities) {
    if (!is_code(entity)) continue;
    std::istringstream code(post.text.substr(entity.span.begin, entity.span.size()));
    for (std::string line; std::getline(code, line);) {
      if (!line.empty()) lines.push_back(line);
    }
  }
  return lines;
}

/// Where a field that repeats parts of the text has code.
std::vector<Entity> code_in(std::string_view field, const std::vector<std::string>& lines) {
  std::vector<Entity> code;
  for (const std::string& line : lines) {
    for (std::size_t at = field.find(line); at != std::string_view::npos;
         at = field.find(line, at + line.size())) {
      code.push_back({.kind = EntityKind::pre, .span = {at, at + line.size()}, .value = {}});
    }
  }
  return code;
}

bool is_number(PersonalKind kind) {
  return kind == PersonalKind::phone || kind == PersonalKind::card || kind == PersonalKind::snils ||
         kind == PersonalKind::inn;
}

/// The number or the name goes on before or behind the span: "123-45" in "12-123-45", "@ivan" in
/// "@ivan_bot" and "@ivan/45".
bool is_cut_short(std::string_view field, Span span, PersonalKind kind) {
  const bool number = is_number(kind);
  const auto is_part = [&](std::size_t at) {
    return at < field.size() && (number ? is_ascii_digit(field[at]) : is_ascii_word(field[at]));
  };
  const auto is_sign = [&](std::size_t at) {
    return at < field.size() && field[at] == (number ? '-' : '/');
  };
  const std::size_t before = span.begin - 1;  // past the end when there is nothing
  if (is_part(span.begin) &&
      (is_part(before) || (number && is_sign(before) && is_part(before - 1)))) {
    return true;
  }
  return is_part(span.end - 1) &&
         (is_part(span.end) || (is_sign(span.end) && is_part(span.end + 1)));
}

}  // namespace

PostRedaction::PostRedaction(const std::set<std::string>& channels, const Post& post)
    : channels_(channels), public_names_{post.id.channel.str()} {
  const auto learn = [&](const std::string& url) {
    if (auto name = channel_of_message(url)) public_names_.insert(*std::move(name));
  };
  if (post.forwarded_from) learn(post.forwarded_from->url);
  for (const Link& link : post.links) learn(link.url);
}

bool PostRedaction::is_public(const Finding& finding) const {
  return finding.kind == PersonalKind::handle &&
         (finding.value.ends_with("bot") || public_names_.contains(finding.value) ||
          channels_.contains(finding.value));
}

ReplacedText PostRedaction::replaced(std::string_view text, std::vector<Finding> findings) {
  std::vector<std::pair<Finding, std::string>> placeholders;
  for (Finding& finding : findings) {
    const std::string& placeholder = placeholders_.of(finding);
    placeholders.emplace_back(std::move(finding), placeholder);
  }
  return {text, placeholders};
}

void PostRedaction::remember(std::string_view text, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    taken_.emplace(text.substr(finding.span.begin, finding.span.size()), finding);
    // An invitation's secret opens the chat without the address around it.
    if (finding.kind == PersonalKind::invite) taken_.emplace(finding.value, finding);
  }
}

/// What the text lost is looked for as it was written, as a whole: a field may lack the words by
/// which the text gave it away.
void PostRedaction::add_remembered(std::string_view field, std::vector<Finding>& findings) const {
  for (const auto& [written, taken] : taken_) {
    for (std::size_t at = field.find(written); at != std::string_view::npos;
         at = field.find(written, at + written.size())) {
      const Span span{at, at + written.size()};
      const auto overlaps = [&](const Finding& one) { return one.span.overlaps(span); };
      if (!is_cut_short(field, span, taken.kind) && std::ranges::none_of(findings, overlaps)) {
        findings.push_back({.span = span, .kind = taken.kind, .value = taken.value});
      }
    }
  }
  std::ranges::sort(findings, {}, &Finding::span);
}

ReplacedText PostRedaction::redact_text(Post& post) {
  std::vector<Finding> findings = find_personal_data(post.text, post.entities);
  std::erase_if(findings, [&](const Finding& finding) { return is_public(finding); });
  remember(post.text, findings);
  ReplacedText text = replaced(post.text, std::move(findings));
  post.text = text.text();
  for (Entity& entity : post.entities) entity.span = text.cover(entity.span);
  return text;
}

void PostRedaction::redact_field(std::string& field, std::span<const Entity> entities) {
  if (field.empty()) return;
  std::vector<Finding> findings = find_personal_data(field, entities);
  // Before the public ones go: what is a part of them is nobody else's.
  add_remembered(field, findings);
  std::erase_if(findings, [&](const Finding& finding) { return is_public(finding); });
  if (!findings.empty()) field = replaced(field, std::move(findings)).text();
}

/// What the address encodes, too.
void PostRedaction::redact_address(std::string& url) {
  const std::vector<Entity> all_of_it(
      1, {.kind = EntityKind::link, .span = {0, url.size()}, .value = {}});
  redact_field(url, all_of_it);
}

void PostRedaction::redact_link(Link& link, const ReplacedText& text) {
  const auto takes_whole = [&](const Replacement& one) { return one.before.contains(link.span); };
  const auto taken = std::ranges::find_if(text.replacements(), takes_whole);
  if (!text.replacements().empty()) {
    link.span = text.cover(link.span);
    link.text = text.text().substr(link.span.begin, link.span.size());
  }
  if (link.masked) {
    redact_address(link.url);
    return;
  }
  if (taken != text.replacements().end()) {
    link.url = text.text().substr(taken->after.begin, taken->after.size());
    return;
  }
  // An @word of the text that was found to be no handle leads to nobody.
  if (!link.text.starts_with('@')) redact_address(link.url);
}

void PostRedaction::redact_surroundings(Post& post) {
  redact_field(post.author);
  if (post.forwarded_from) {
    redact_field(post.forwarded_from->name);
    redact_address(post.forwarded_from->url);
    redact_field(post.forwarded_from->author);
  }
  if (post.reply_to) {
    redact_address(post.reply_to->url);
    redact_field(post.reply_to->text);
  }
  for (std::string& hashtag : post.hashtags) redact_field(hashtag);
  for (std::string& mention : post.mentions) redact_field(mention);
  for (Media& item : post.media) {
    redact_field(item.title);
    if (is_contact_phone(item)) {
      item.extra = placeholders_.of({{}, PersonalKind::phone, item.extra});
    }
    redact_field(item.extra);
  }
  if (post.poll) {
    redact_field(post.poll->question);
    for (PollOption& option : post.poll->options) redact_field(option.text);
  }
  if (post.link_preview) {
    redact_address(post.link_preview->url);
    redact_field(post.link_preview->site_name);
    redact_field(post.link_preview->title);
    redact_field(post.link_preview->description);
  }
  for (Button& button : post.buttons) {
    redact_field(button.text);
    redact_address(button.url);
  }
}

void PostRedaction::redact_hits(std::vector<RuleHit>& hits, const ReplacedText& text) {
  for (RuleHit& hit : hits) {
    if (hit.span) hit.span = text.cover(*hit.span);
    redact_field(hit.text);
  }
}

void PostRedaction::redact_verdict(Verdict& verdict, const ReplacedText& text) {
  for (Removed& part : verdict.removed) part.span = text.part(part.span);
  std::erase_if(verdict.removed, [](const Removed& part) { return part.span.empty(); });
  for (BlockVerdict& block : verdict.blocks) {
    block.span = text.part(block.span);
    for (auto* hits : {&block.because, &block.against, &block.shadow, &block.vetoed}) {
      redact_hits(*hits, text);
    }
  }
  redact_hits(verdict.post_hits, text);
}

void PostRedaction::redact(Record& record) {
  const std::vector<std::string> code = code_lines(record.post);
  const ReplacedText text = redact_text(record.post);
  for (Entity& entity : record.post.entities) {
    // One id in ten has a card's check digit.
    if (entity.kind != EntityKind::custom_emoji) redact_address(entity.value);
  }
  for (Link& link : record.post.links) redact_link(link, text);
  redact_surroundings(record.post);
  redact_verdict(record.verdict, text);
  Normalized& parts = record.normalized;
  for (std::string* field : {&parts.title, &parts.question, &parts.answer}) {
    redact_field(*field, code_in(*field, code));
  }
}

}  // namespace qanat::exporting
