#include "store/excerpts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/post_id.h"
#include "store/removals.h"

namespace qanat::store {
namespace {

constexpr std::string_view kOpening = "«";
constexpr std::string_view kClosing = "»";

/// Blanks and line ends as one blank each: a notice is one line.
std::string in_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

/// What was cut off is told by dots.
bool is_beginning(std::string_view quoted, std::string_view text) {
  const bool cut = drop_suffix(quoted, "…") || drop_suffix(quoted, "...");
  drop_suffix(quoted, " ");
  if (quoted.empty()) return false;
  return cut ? text.starts_with(quoted) : text == quoted;
}

Result<bool> leads_to_removed(Database& database, std::string_view url) {
  const auto target = target_of(url);
  if (!target) return false;
  const auto removals = read_removals(database, target->channel, {});
  if (!removals) return fail(removals.error());
  return target->post ? removals->hold(*target->post) : removals->whole.has_value();
}

Result<bool> quotes_removed(Database& database, const Post& post, const ChannelRemovals& removals) {
  if (!post.reply_to) return false;
  if (post.reply_to->post && removals.posts.contains(*post.reply_to->post)) return true;
  return leads_to_removed(database, post.reply_to->url);
}

/// "vetoed by none[0]: …" quotes what it found, which may be of any part of the post.
bool forget_quoted(std::string& note) {
  constexpr std::string_view kVetoed = "vetoed by ";
  const std::size_t end = note.find("]: ");
  if (!note.starts_with(kVetoed) || end == std::string::npos) return false;
  note.resize(end + 1);
  return true;
}

}  // namespace

std::optional<RemovalTarget> target_of(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  if (url.ends_with('/')) url.remove_suffix(1);
  if (auto post = parse_post_id(url)) {
    return RemovalTarget{
        .channel = std::move(post->channel), .post = post->message, .numeric_id = {}};
  }
  auto channel = ChannelName::parse(url);
  if (!channel) return std::nullopt;
  return RemovalTarget{.channel = *std::move(channel), .post = {}, .numeric_id = {}};
}

bool leads_to(std::string_view url, const RemovalTarget& target) {
  const auto found = target_of(url);
  return found && found->channel == target.channel && (!target.post || found->post == target.post);
}

bool quotes_beginning(std::string_view notice, std::string_view text) {
  const std::string line = in_one_line(notice);
  const std::string whole = in_one_line(text);
  const std::size_t end = line.rfind(kClosing);
  if (end == std::string::npos) return false;
  // The channel's title and the post's own words may hold such marks too.
  for (std::size_t at = line.find(kOpening); at < end; at = line.find(kOpening, at + 1)) {
    const std::size_t begin = at + kOpening.size();
    if (is_beginning(std::string_view(line).substr(begin, end - begin), whole)) return true;
  }
  return false;
}

bool forget_words(Verdict& verdict, const Excerpts& excerpts) {
  bool found = false;
  if (!excerpts.quote && !excerpts.preview) return found;
  for (RuleHit& hit : verdict.post_hits) {
    found = forget_quoted(hit.note) || found;
    const bool of_excerpt = (excerpts.quote && hit.where == "reply.quote") ||
                            (excerpts.preview && hit.where == "preview");
    if (!of_excerpt || hit.text.empty()) continue;
    hit.text.clear();
    found = true;
  }
  return found;
}

Result<std::optional<JudgedPost>> without_removed_excerpts(Database& database,
                                                           const JudgedPost& judged,
                                                           const ChannelRemovals& removals) {
  const auto quote = quotes_removed(database, judged.post, removals);
  if (!quote) return fail(quote.error());
  Excerpts excerpts{.quote = *quote};
  if (judged.post.link_preview) {
    const auto preview = leads_to_removed(database, judged.post.link_preview->url);
    if (!preview) return fail(preview.error());
    excerpts.preview = *preview;
  }
  if (!excerpts.any()) return std::nullopt;
  JudgedPost out = judged;
  if (excerpts.quote) out.post.reply_to->text.clear();
  if (excerpts.preview) {
    LinkPreview& preview = *out.post.link_preview;
    preview = {.url = std::move(preview.url), .site_name = std::move(preview.site_name)};
  }
  forget_words(out.verdict, excerpts);
  return out;
}

Result<bool> is_notice_of_removed(Database& database, const Post& post) {
  if (post.service != ServiceKind::pinned) return false;
  for (const Link& link : post.links) {
    const auto target = target_of(link.url);
    if (!target || !target->post) continue;
    const auto removed = leads_to_removed(database, link.url);
    if (!removed || *removed) return removed;
  }
  return false;
}

}  // namespace qanat::store
