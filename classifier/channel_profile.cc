#include "classifier/channel_profile.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/sha256.h"
#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/counted_lines.h"
#include "classifier/kept_lines.h"
#include "classifier/lines.h"
#include "classifier/question.h"
#include "classifier/views.h"

namespace qanat::classifier {
namespace {

constexpr std::size_t kFooterLines = 4;
constexpr std::size_t kHeaderLines = 2;
constexpr std::size_t kFewestPosts = 3;
constexpr std::size_t kFewestLetters = 3;
constexpr std::size_t kLongestLine = 200;

/// "+3 (13 minutes ago)": what changes from post to post is what such a line says.
bool is_mostly_numbers(std::string_view key) {
  std::size_t numbers = 0;
  std::size_t tokens = 0;
  while (!key.empty()) {
    const std::string_view token = key.substr(0, key.find(' '));
    ++tokens;
    numbers += token == "0" ? 1 : 0;
    key.remove_prefix(std::min(token.size() + 1, key.size()));
  }
  return numbers * 3 > tokens;
}

std::size_t letters_of(std::string_view key) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < key.size();) {
    const utf8::CodePoint point = utf8::decode(key, at);
    letters += is_letter(point.value) ? 1 : 0;
    at += point.length;
  }
  return letters;
}

/// The address without what changes from post to post: query and fragment.
std::string target_of(const Link& link) { return link.url.substr(0, link.url.find_first_of("?#")); }

std::set<std::string> targets_in(const Post& post, Span line) {
  std::set<std::string> targets;
  for (const Link& link : post.links) {
    if (!link.span.empty() && line.contains(link.span)) targets.insert(target_of(link));
  }
  return targets;
}

bool is_one_word(std::string_view key) { return !key.contains(' '); }

/// "Результат: 911 мс": what stands before the colon, folded; empty without one, or if nothing
/// follows it. The colon of an address is none.
std::string label_of_line(std::string_view line) {
  const std::size_t colon = line.find(": ");
  return colon == std::string_view::npos ? "" : line_key(line.substr(0, colon));
}

/// Above its last line the post does nothing but ask.
bool asks_alone(const Post& post, const std::vector<Line>& lines) {
  const Removed last{.span = {lines.back().span.begin, post.text.size()}, .rules = {}};
  const QuestionAndAnswer parts = split_question(keep_lines(post, {last}));
  return !parts.question.empty() && parts.answer.empty();
}

/// What was seen of one key at one edge.
struct Sightings {
  std::string text;
  std::size_t posts = 0;
  std::size_t linked = 0;            ///< posts in which it leads somewhere
  std::size_t answering = 0;         ///< posts in which it is the only text below a question
  std::size_t opening = 0;           ///< posts in which it is among the first lines
  std::vector<LineNumbers> numbers;  ///< its own, post by post
  std::map<std::set<std::string>, std::size_t> targets;

  /// In most posts nothing else answers what they ask.
  [[nodiscard]] bool answers() const { return linked == 0 && answering * 2 > posts; }

  /// It asks, where a post's question stands or another thing each time.
  [[nodiscard]] bool asks() const {
    return (opening * 2 > posts || numbers_vary(numbers)) && holds_question(text);
  }

  /// In most posts it leads where it leads in no other.
  [[nodiscard]] bool leads_elsewhere_each_time() const {
    std::size_t most = 0;
    for (const auto& [where, times] : targets) most = std::max(most, times);
    return linked >= kFewestPosts && most * 2 < linked;
  }
};

class Collector {
 public:
  void add(const Post& post);
  [[nodiscard]] std::vector<RecurringLine> known() const;
  [[nodiscard]] std::size_t posts() const { return posts_; }

 private:
  using Place = std::pair<Edge, std::string>;

  void see(const Post& post, const Line& line, Edge edge, bool opens, std::set<Place>& seen);
  [[nodiscard]] bool is_signature(const Place& place, const Sightings& found) const;
  [[nodiscard]] bool says_something_else_each_time(std::string_view line) const;

  std::size_t posts_ = 0;
  std::map<Place, Sightings> sightings_;
  /// What follows a label, and in how many posts.
  std::map<std::string, std::map<std::string, std::size_t>> labelled_;
};

void Collector::add(const Post& post) {
  std::vector<Line> lines = block_lines(post, segment(post));
  std::erase_if(lines, [](const Line& line) { return line_key(line.text).empty(); });
  if (lines.empty()) return;
  ++posts_;
  if (lines.size() < 2) return;
  std::set<Place> seen;
  const std::size_t footers = std::min(kFooterLines, lines.size() - 1);
  for (std::size_t i = lines.size() - footers; i < lines.size(); ++i) {
    see(post, lines[i], Edge::footer, i < kHeaderLines, seen);
  }
  const std::size_t headers = std::min(kHeaderLines, lines.size() - 1);
  for (std::size_t i = 0; i < headers; ++i) see(post, lines[i], Edge::header, true, seen);
  const Line& last = lines.back();
  const auto footer = sightings_.find({Edge::footer, line_key(last.text)});
  if (footer != sightings_.end() && asks_alone(post, lines)) ++footer->second.answering;
}

void Collector::see(
    const Post& post, const Line& line, Edge edge, bool opens, std::set<Place>& seen) {
  if (line.kind == LineKind::code || line.text.ends_with(':') || is_tags_only(line.text)) return;
  if (read_marker(line.text).marker != Marker::none) return;
  Place place{edge, line_key(line.text)};
  const std::string& key = place.second;
  if (letters_of(key) < kFewestLetters || is_mostly_numbers(key)) return;
  if (utf8::length(line.text) > kLongestLine) return;
  if (!seen.insert(place).second) return;
  Sightings& found = sightings_[std::move(place)];
  if (found.posts == 0) found.text = line.text;
  ++found.posts;
  found.opening += opens ? 1 : 0;
  found.numbers.push_back(numbers_of(line.text));
  if (const std::string label = label_of_line(line.text); !label.empty()) {
    ++labelled_[label][words_view(fold_view(line.text)).text()];
  }
  const std::set<std::string> targets = targets_in(post, line.span);
  if (targets.empty()) return;
  ++found.linked;
  ++found.targets[targets];
}

/// "Результат: 911 мс", "Сложность: O(n)": the label recurs, what it says does not.
bool Collector::says_something_else_each_time(std::string_view line) const {
  const auto label = labelled_.find(label_of_line(line));
  if (label == labelled_.end()) return false;
  std::size_t posts = 0;
  std::size_t most = 0;
  for (const auto& [text, times] : label->second) {
    posts += times;
    most = std::max(most, times);
  }
  return most * 5 < posts * 4;
}

/// A line with other numbers in each post is what a post is about, unless they count.
bool numbers_count(Edge edge, const Sightings& found) {
  if (!numbers_vary(found.numbers)) return true;
  return edge == Edge::header ? names_issues(found.text, found.numbers) : go_one_way(found.numbers);
}

bool Collector::is_signature(const Place& place, const Sightings& found) const {
  if (found.posts < kFewestPosts || found.leads_elsewhere_each_time()) return false;
  if (found.answers() || found.asks()) return false;
  if (found.linked * 2 <= found.posts && !numbers_count(place.first, found)) return false;
  if (found.linked > 0) return true;
  // One word without an address may be "Верно", unless nearly all posts have it.
  if (is_one_word(place.second) && found.posts * 5 < posts_ * 4) return false;
  return !says_something_else_each_time(found.text);
}

std::vector<RecurringLine> Collector::known() const {
  std::vector<RecurringLine> lines;
  for (const auto& [place, found] : sightings_) {
    if (!is_signature(place, found)) continue;
    lines.push_back({.edge = place.first,
                     .key = place.second,
                     .text = found.text,
                     .posts = found.posts,
                     .of = posts_});
  }
  return lines;
}

std::string identity_of(const std::vector<RecurringLine>& lines, std::size_t posts) {
  constexpr std::size_t kDigits = 12;
  if (posts == 0) return "";
  std::string meaning = std::to_string(posts) + "\n";
  for (const RecurringLine& line : lines) {
    meaning += (line.edge == Edge::header ? "header " : "footer ") + line.key + " " +
               std::to_string(line.posts) + "\n";
  }
  return sha256_hex(meaning).substr(0, kDigits);
}

}  // namespace

std::vector<Line> block_lines(const Post& post, const std::vector<Block>& blocks) {
  std::vector<Line> lines;
  for (const Block& block : blocks) {
    const std::string_view text =
        std::string_view(post.text).substr(block.span.begin, block.span.size());
    for (Line line : split_lines(text)) {
      line.span.begin += block.span.begin;
      line.span.end += block.span.begin;
      lines.push_back(line);
    }
  }
  return lines;
}

std::string line_key(std::string_view line) {
  const MappedText words = words_view(fold_view(line));
  std::string key;
  bool number = false;
  for (const char byte : trimmed(words.text())) {
    const bool digit = byte >= '0' && byte <= '9';
    if (digit && !number) key.push_back('0');
    if (!digit) key.push_back(byte);
    number = digit;
    const bool goes_on = digit && (key == "0 0" || key.ends_with(" 0 0"));
    if (goes_on) key.resize(key.size() - 2);  // "1 200" is one number
  }
  return letters_of(key) == 0 ? "" : key;
}

ChannelProfile ChannelProfile::of(std::span<const Post> posts) {
  Collector collector;
  for (const Post& post : posts) {
    if (post.kind != PostKind::service) collector.add(post);
  }
  ChannelProfile profile;
  profile.lines_ = collector.known();
  profile.posts_ = collector.posts();
  profile.identity_ = identity_of(profile.lines_, profile.posts_);
  return profile;
}

const RecurringLine* ChannelProfile::find(Edge edge, std::string_view key) const {
  const auto found =
      std::ranges::lower_bound(lines_, std::pair(edge, key), {}, [](const RecurringLine& line) {
        return std::pair(line.edge, std::string_view(line.key));
      });
  if (found == lines_.end() || found->edge != edge || found->key != key) return nullptr;
  return &*found;
}

}  // namespace qanat::classifier
