#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "classifier/engine.h"

namespace qanat::classifier {
namespace {

using Heads = std::vector<std::size_t>;

bool is_one_of(const RuleMatch& match, const Heads& heads) {
  return !match.vetoed && std::ranges::binary_search(heads, match.rule);
}

bool fired_in(const std::vector<RuleMatch>& matches, const Heads& heads) {
  return std::ranges::any_of(matches,
                             [&](const RuleMatch& match) { return is_one_of(match, heads); });
}

Heads each_once(Heads heads) {
  std::ranges::sort(heads);
  const auto repeated = std::ranges::unique(heads);
  heads.erase(repeated.begin(), repeated.end());
  return heads;
}

/// How many distinct rules of each mention have fired, so that an expression need not look for
/// them.
class FiredMentions {
 public:
  FiredMentions(const Engine& engine, const PostMatches& matches)
      : engine_(engine), in_post_(engine.mention_count), blocks_(matches.blocks.size()) {
    for (std::size_t i = 0; i < matches.blocks.size(); ++i) {
      for (auto match = matches.blocks[i].begin(); match != matches.blocks[i].end(); ++match) {
        const std::span before(matches.blocks[i].begin(), match);
        const bool again = std::ranges::any_of(before, [&](const RuleMatch& other) {
          return other.rule == match->rule && !other.vetoed;
        });
        if (!again) add(*match, i);
      }
    }
    for (const RuleMatch& match : matches.whole) add(match, std::nullopt);
  }

  /// Of a rule's matches in a block, one.
  void add(const RuleMatch& match, std::optional<std::size_t> block) {
    if (match.vetoed || engine_.mentions.empty()) return;
    if (block) blocks_[*block].resize(engine_.mention_count);
    for (const std::uint32_t mention : engine_.mentions[match.rule]) {
      in_post_[mention] = true;
      if (block) ++blocks_[*block][mention];
    }
  }

  [[nodiscard]] std::size_t in_block(std::size_t block, std::size_t mention) const {
    const Counts& counts = blocks_[block];
    return counts.empty() ? 0 : counts[mention];
  }
  [[nodiscard]] bool in_post(std::size_t mention) const { return in_post_[mention]; }

 private:
  using Counts = std::vector<std::uint16_t>;  ///< by mention; none where no rule has fired
  const Engine& engine_;
  std::vector<bool> in_post_;
  std::vector<Counts> blocks_;
};

/// What one composite sees: of one block, or of the post.
class World final : public ExpressionWorld {
 public:
  struct Place {
    const PostView& post;
    const PostMatches& matches;
    const FiredMentions& fired;
    std::optional<std::size_t> block;  ///< nothing: the post
  };
  World(const CompiledComposite& composite, Place place) : composite_(composite), place_(place) {}

  [[nodiscard]] double feature(Feature feature) const override {
    const Unit& unit = place_.block ? place_.post.blocks[*place_.block] : place_.post.whole;
    return unit.features.at(static_cast<std::size_t>(feature));
  }

  [[nodiscard]] std::size_t fired(std::size_t names) const override {
    if (place_.block) return place_.fired.in_block(*place_.block, mention(names));
    return fired_heads(names).size();
  }

  [[nodiscard]] std::size_t known(std::size_t names) const override { return heads(names).size(); }

  [[nodiscard]] bool fired_in_post(std::size_t names) const override {
    return place_.fired.in_post(mention(names));
  }

  [[nodiscard]] bool is_first(std::size_t names) const override {
    if (!fired_here(names)) return false;
    return !fired_between(0, place_.block.value_or(0), names);
  }

  [[nodiscard]] bool is_last(std::size_t names) const override {
    if (!fired_here(names)) return false;
    const std::size_t count = place_.matches.blocks.size();
    return !fired_between(place_.block ? *place_.block + 1 : count, count, names);
  }

  [[nodiscard]] bool near(std::size_t a, std::size_t b, std::size_t chars) const override {
    if (place_.block) return near_in(*place_.block, a, b, chars);
    for (std::size_t i = 0; i < place_.matches.blocks.size(); ++i) {
      if (near_in(i, a, b, chars)) return true;
    }
    return false;
  }

  [[nodiscard]] bool adjacent(std::size_t a, std::size_t b, std::size_t blocks) const override {
    if (place_.block) return adjacent_to(*place_.block, a, b, blocks);
    for (std::size_t i = 0; i < place_.matches.blocks.size(); ++i) {
      if (adjacent_to(i, a, b, blocks)) return true;
    }
    return false;
  }

  /// Which rules the composite names have fired where it looks, ascending. Mostly none: then it
  /// allocates nothing.
  [[nodiscard]] Heads fired_heads(std::size_t names) const {
    Heads found;
    const auto add = [&](const std::vector<RuleMatch>& matches) {
      for (const RuleMatch& match : matches) {
        if (is_one_of(match, heads(names))) found.push_back(match.rule);
      }
    };
    if (place_.block) {
      add(place_.matches.blocks[*place_.block]);
    } else {
      for (const auto& block : place_.matches.blocks) add(block);
      add(place_.matches.whole);
    }
    return each_once(std::move(found));
  }

 private:
  [[nodiscard]] const Heads& heads(std::size_t names) const { return composite_.names[names]; }

  [[nodiscard]] std::size_t mention(std::size_t names) const {
    return composite_.first_mention + names;
  }

  [[nodiscard]] bool fired_here(std::size_t names) const {
    return place_.block ? fired_between(*place_.block, *place_.block + 1, names)
                        : fired_in_post(names);
  }

  [[nodiscard]] bool fired_between(std::size_t begin, std::size_t end, std::size_t names) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (place_.fired.in_block(i, mention(names)) > 0) return true;
    }
    return false;
  }

  [[nodiscard]] bool adjacent_to(std::size_t block,
                                 std::size_t a,
                                 std::size_t b,
                                 std::size_t blocks) const {
    const std::size_t count = place_.matches.blocks.size();
    if (!fired_between(block, block + 1, a)) return false;
    const std::size_t reach = std::min(blocks, count);
    return fired_between(block - std::min(block, reach), block, b) ||
           fired_between(block + 1, std::min(count, block + 1 + reach), b);
  }

  [[nodiscard]] bool near_in(std::size_t block,
                             std::size_t a,
                             std::size_t b,
                             std::size_t chars) const {
    for (const RuleMatch& left : place_.matches.blocks[block]) {
      if (!left.span || !is_one_of(left, heads(a))) continue;
      for (const RuleMatch& right : place_.matches.blocks[block]) {
        if (&left == &right || !right.span || !is_one_of(right, heads(b))) continue;
        if (gap_between(block, *left.span, *right.span) <= chars) return true;
      }
    }
    return false;
  }

  /// Code points between two places of a block's text; 0 when they touch or overlap.
  [[nodiscard]] std::size_t gap_between(std::size_t block, Span a, Span b) const {
    if (b.begin < a.begin) std::swap(a, b);
    if (b.begin <= a.end) return 0;
    for (const Evidence& evidence : place_.post.blocks[block].evidence) {
      if (evidence.scope != Scope::text || !evidence.span) continue;
      if (!evidence.span->contains({.begin = a.end, .end = b.begin})) continue;
      return utf8::length(evidence.text.substr(a.end - evidence.span->begin, b.begin - a.end));
    }
    return b.begin - a.end;
  }

  const CompiledComposite& composite_;
  Place place_;
};

std::string number_text(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// "from cta.subscribe, block.ext_links=2".
std::string sources(const Engine& engine, const CompiledComposite& composite, const World& world) {
  Heads heads;
  for (std::size_t names = 0; names < composite.names.size(); ++names) {
    std::ranges::move(world.fired_heads(names), std::back_inserter(heads));
  }
  std::string out;
  for (const std::size_t head : each_once(std::move(heads)))
    out += (out.empty() ? "from " : ", ") + engine.ids[head];
  for (const ExpressionNode& node : composite.expression.nodes) {
    if (node.kind != ExpressionNode::Kind::feature) continue;
    out += (out.empty() ? "from " : ", ") + std::string(feature_name(node.feature)) + "=" +
           number_text(world.feature(node.feature));
  }
  return out;
}

class CompositeMatcher {
 public:
  CompositeMatcher(const Engine& engine, const Audience& audience, PostMatches& matches)
      : engine_(engine),
        audience_(audience),
        post_(audience.post),
        matches_(matches),
        fired_(engine, matches) {}

  void match(const CompiledComposite& composite) {
    const bool possible = std::ranges::all_of(composite.required, [&](std::size_t names) {
      return fired_.in_post(composite.first_mention + names);
    });
    if (!possible) return;
    const auto covers = [&](std::string_view lang) {
      return composite.reach.covers(audience_, audience_.packs.at(lang));
    };
    if (composite.on_post) {
      if (covers(post_.lang)) try_on(composite, std::nullopt);
      return;
    }
    for (std::size_t i = 0; i < matches_.blocks.size(); ++i) {
      if (covers(post_.lang_of(post_.blocks[i]))) try_on(composite, i);
    }
  }

  void absorb(const CompiledComposite& composite) {
    if (composite.absorbs.empty() || composite.reach.status != RuleStatus::active) return;
    if (composite.on_post && fired_in(matches_.whole, {composite.head})) {
      for (auto& block : matches_.blocks) silence(block, composite);
      silence(matches_.whole, composite);
      return;
    }
    for (auto& block : matches_.blocks) {
      if (fired_in(block, {composite.head})) silence(block, composite);
    }
  }

 private:
  void try_on(const CompiledComposite& composite, std::optional<std::size_t> block) {
    const World world(composite,
                      {.post = post_, .matches = matches_, .fired = fired_, .block = block});
    if (!holds(composite.expression, world)) return;
    RuleMatch match{.rule = composite.head,
                    .weight = composite.weight,
                    .scope = block ? Scope::text : Scope::post,
                    .note = sources(engine_, composite, world)};
    if (const ChannelOverride* override = composite.reach.override_for(post_)) {
      match.weight = override->weight;
      match.note = override->note;
      match.vetoed = override->disable;
    }
    fired_.add(match, block);
    (block ? matches_.blocks[*block] : matches_.whole).push_back(std::move(match));
  }

  void silence(std::vector<RuleMatch>& matches, const CompiledComposite& composite) {
    for (RuleMatch& match : matches) {
      if (!is_one_of(match, composite.absorbs)) continue;
      match.weight = 0;
      match.note = "absorbed by " + engine_.ids[composite.head];
    }
  }

  const Engine& engine_;
  const Audience& audience_;
  const PostView& post_;
  PostMatches& matches_;
  FiredMentions fired_;
};

}  // namespace

void match_composites(const Engine& engine, const Audience& audience, PostMatches& matches) {
  CompositeMatcher matcher(engine, audience, matches);
  for (const CompiledComposite& composite : engine.composites) matcher.match(composite);
  for (const CompiledComposite& composite : engine.composites) matcher.absorb(composite);
}

}  // namespace qanat::classifier
