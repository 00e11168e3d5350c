#include "classifier/examples.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/names.h"
#include "base/utf8.h"
#include "classifier/composite_names.h"
#include "classifier/example_reasons.h"
#include "classifier/features.h"
#include "classifier/plain_post.h"

namespace qanat::classifier {
namespace {

constexpr std::array<std::string_view, 3> kPromises{"match", "no_match", "known_miss"};

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \n", at), text.size());
}

std::size_t end_of_words(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && (text[end - 1] == '\n' || text[end - 1] == ' ')) --end;
  return end;
}

/// Paragraphs only: an example says what its rule sees in a block, not how posts are cut.
std::vector<Block> paragraphs(std::string_view text) {
  std::vector<Block> blocks;
  for (std::size_t at = 0; at < text.size();) {
    const auto gap = text.find("\n\n", at);
    const std::size_t next = gap == std::string_view::npos ? text.size() : skip_blanks(text, gap);
    const std::size_t end = end_of_words(text, at, next);
    blocks.push_back({.span = {.begin = at, .end = next}, .text = {.begin = at, .end = end}});
    at = next;
  }
  return blocks;
}

ChannelName channel_of(const Example& example, const std::vector<std::string>& only) {
  std::string name = example.channel;
  if (name.empty()) name = only.empty() ? "example_channel" : only.front();
  const auto parsed = ChannelName::parse(name);
  return parsed ? *parsed : ChannelName::parse("example_channel").value();
}

Post post_of(const Example& example, const std::vector<std::string>& only) {
  Post post =
      post_from_text(channel_of(example, only), 1, utf8::repaired(example.text), example.links);
  post.buttons = example.buttons;
  post.author = example.signature;
  if (!example.forward.empty() || !example.forward_url.empty()) {
    post.forwarded_from = Forward{.name = example.forward, .url = example.forward_url};
  }
  if (!example.reply.empty()) post.reply_to = Reply{.text = example.reply};
  if (!example.preview.empty()) post.link_preview = LinkPreview{.title = example.preview};
  for (const std::string& name : example.media) {
    if (const auto type = from_name<MediaType>(name)) post.media.push_back({.type = *type});
  }
  return post;
}

/// What an example says of features holds for all of its blocks.
void set_features(PostView& view, const Example& example) {
  for (const auto& [feature, value] : example.features) {
    const auto at = static_cast<std::size_t>(feature);
    for (Unit& block : view.blocks) block.features.at(at) = value;
    view.whole.features.at(at) = value;
  }
}

bool fired(const PostMatches& matches, std::size_t rule) {
  const auto counts = [rule](const RuleMatch& match) {
    return match.rule == rule && !match.vetoed;
  };
  return std::ranges::any_of(matches.whole, counts) ||
         std::ranges::any_of(matches.blocks,
                             [&](const auto& block) { return std::ranges::any_of(block, counts); });
}

class Runner {
 public:
  Runner(const Pack& pack, const Engine& engine) : pack_(pack), engine_(engine) {}

  /// Why the example fails, in words; nothing when it holds.
  [[nodiscard]] std::optional<std::string> fault_of(const Example& example,
                                                    std::size_t rule,
                                                    const RuleHead& head) const {
    const Post post = post_of(example, head.only);
    const Description description(
        post, paragraphs(post.text), {.post = language_of(example, head), .blocks = {}});
    PostView view = description.view();
    set_features(view, example);
    const bool hit = fired(match_post(engine_, view, {.drafts = true}), rule);
    if (hit == (example.promise == Promise::match)) return std::nullopt;
    const FailedExample failed{.pack = pack_, .engine = engine_, .view = view, .rule = rule};
    return hit ? why_it_matches(failed) : why_it_does_not_match(failed);
  }

 private:
  [[nodiscard]] std::string language_of(const Example& example, const RuleHead& head) const {
    if (!example.lang.empty()) return example.lang;
    const auto& languages = pack_.parts.at(head.pack).languages;
    return languages.empty() ? "other" : languages.front();
  }

  const Pack& pack_;
  const Engine& engine_;
};

}  // namespace

std::vector<ExampleFailure> failing_examples(const Pack& pack,
                                             const Engine& engine,
                                             std::size_t& count) {
  std::vector<ExampleFailure> failures;
  const Runner runner(pack, engine);
  const auto heads = heads_of(pack);
  for (std::size_t rule = 0; rule < heads.size(); ++rule) {
    if (heads[rule]->status == RuleStatus::retired) continue;
    for (const Example& example : heads[rule]->examples) {
      ++count;
      const auto fault = runner.fault_of(example, rule, *heads[rule]);
      if (!fault) continue;
      failures.push_back(
          {.rule = heads[rule]->id,
           .where = example.where,
           .promise = std::string(kPromises.at(static_cast<std::size_t>(example.promise))),
           .text = example.text,
           .reason = *fault});
    }
  }
  return failures;
}

}  // namespace qanat::classifier
