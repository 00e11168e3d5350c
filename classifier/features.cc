#include "classifier/features.h"

#include <algorithm>
#include <span>

#include "base/link_address.h"
#include "base/names.h"
#include "base/utf8.h"
#include "classifier/characters.h"
#include "classifier/lines.h"
#include "classifier/own_name.h"
#include "classifier/visible_links.h"

namespace qanat::classifier {
namespace {

/// Bytes; a longer block that names its channel is no line under a post.
constexpr std::size_t kLongestFooter = 300;

double& at(FeatureValues& values, Feature feature) {
  return values.at(static_cast<std::size_t>(feature));
}

double flag(bool value) { return value ? 1.0 : 0.0; }

double number(std::size_t value) { return static_cast<double>(value); }

/// Letters of one word, by alphabet: a word of both is written to deceive (or a typing error).
struct WordLetters {
  std::size_t cyrillic = 0;
  std::size_t latin = 0;

  [[nodiscard]] bool mixed() const { return cyrillic >= 2 && latin >= 1; }
};

struct TextCounts {
  std::size_t characters = 0;
  std::size_t emoji = 0;
  std::size_t letters = 0;
  std::size_t capitals = 0;
  std::size_t digits = 0;
  std::size_t question_marks = 0;
  std::size_t obfuscated_words = 0;
};

/// What count_text() asks of a character.
struct CharacterTraits {
  bool letter = false;
  bool upper = false;
  bool cyrillic = false;
  bool latin = false;
  bool digit = false;
  bool emoji = false;
};

CharacterTraits compute_character_traits(char32_t value) {
  return {.letter = is_letter(value),
          .upper = is_upper(value),
          .cyrillic = is_cyrillic(value),
          .latin = is_latin(value),
          .digit = is_digit(value),
          .emoji = is_emoji(value)};
}

void count_letter(TextCounts& counts, WordLetters& word, const CharacterTraits& letter) {
  ++counts.letters;
  if (letter.upper) ++counts.capitals;
  if (letter.cyrillic) ++word.cyrillic;
  if (letter.latin) ++word.latin;
}

void end_word(TextCounts& counts, WordLetters& word) {
  if (word.mixed()) ++counts.obfuscated_words;
  word = {};
}

TextCounts count_text(std::string_view text) {
  static const auto table = table_of(compute_character_traits);
  TextCounts counts;
  WordLetters word;
  for (std::size_t i = 0; i < text.size();) {
    const auto [value, length, valid] = character_at(text, i);
    i += length;
    ++counts.characters;
    const CharacterTraits traits =
        value < kTableSize ? table[value] : compute_character_traits(value);
    if (traits.letter) {
      count_letter(counts, word, traits);
      continue;
    }
    end_word(counts, word);
    if (traits.digit) ++counts.digits;
    if (value == U'?') ++counts.question_marks;
    if (traits.emoji) ++counts.emoji;
  }
  end_word(counts, word);
  return counts;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::size_t count_lines(std::string_view text) {
  return text.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
}

bool is_external(const Post& post, const Link& link) {
  if (link.url.starts_with("mailto:")) return true;
  return telegram_name_of(link.url) != post.id.channel.str();
}

/// Those that begin inside `span`, of items ordered by where they begin.
template <class Item>
std::span<const Item* const> inside(const std::vector<const Item*>& items, Span span) {
  const auto begin_of = [](const Item* item) { return item->span.begin; };
  const auto first = std::ranges::lower_bound(items, span.begin, {}, begin_of);
  const auto last = std::ranges::lower_bound(items, span.end, {}, begin_of);
  return {first, last};
}

std::vector<const Link*> placed_links(const Post& post) {
  std::vector<const Link*> links;
  for (const Link& link : post.links) {
    if (!link.span.empty()) links.push_back(&link);
  }
  std::ranges::stable_sort(links, {}, [](const Link* link) { return link->span.begin; });
  return links;
}

std::vector<const Entity*> tags(const Post& post) {
  std::vector<const Entity*> tags;
  for (const Entity& entity : post.entities) {
    const bool tag = entity.kind == EntityKind::hashtag || entity.kind == EntityKind::mention;
    if (tag && entity.span.end <= post.text.size()) tags.push_back(&entity);
  }
  std::ranges::stable_sort(tags, {}, [](const Entity* entity) { return entity->span.begin; });
  return tags;
}

void fill_text_features(FeatureValues& values, std::string_view text) {
  const TextCounts counts = count_text(text);
  at(values, Feature::block_chars) = number(counts.characters);
  at(values, Feature::block_lines) = number(count_lines(text));
  at(values, Feature::block_emoji_ratio) = share(counts.emoji, counts.characters);
  at(values, Feature::block_caps_ratio) = share(counts.capitals, counts.letters);
  at(values, Feature::block_digits_ratio) = share(counts.digits, counts.characters);
  at(values, Feature::block_question_marks) = number(counts.question_marks);
  at(values, Feature::block_obfuscated_words) = number(counts.obfuscated_words);
}

void count_link(FeatureValues& values, const Post& post, const Link& link) {
  at(values, Feature::block_links) += 1;
  at(values, Feature::block_ext_links) += flag(is_external(post, link));
  at(values, Feature::block_masked_links) += flag(link.masked);
}

void fill_kind_features(FeatureValues& values, BlockKind kind) {
  at(values, Feature::block_is_code) = flag(kind == BlockKind::code);
  at(values, Feature::block_is_quote) = flag(kind == BlockKind::quote);
  at(values, Feature::block_is_list) = flag(kind == BlockKind::list);
  at(values, Feature::block_is_link_line) = flag(kind == BlockKind::link_line);
}

std::string_view block_text(const Post& post, const Block& block) {
  return std::string_view(post.text).substr(block.text.begin, block.text.size());
}

FeatureValues post_features(const Post& post, const std::vector<Block>& blocks) {
  FeatureValues values{};
  at(values, Feature::post_blocks) = number(blocks.size());
  at(values, Feature::post_chars) = number(utf8::length(post.text));
  for (const Block& block : blocks) {
    at(values, Feature::post_lines) += number(count_lines(block_text(post, block)));
  }
  at(values, Feature::post_links) = number(post.links.size());
  at(values, Feature::post_ext_links) = number(static_cast<std::size_t>(std::ranges::count_if(
      post.links, [&post](const Link& link) { return is_external(post, link); })));
  at(values, Feature::post_question_marks) =
      number(static_cast<std::size_t>(std::ranges::count(post.text, '?')));
  at(values, Feature::post_code_blocks) = number(static_cast<std::size_t>(std::ranges::count_if(
      blocks, [](const Block& block) { return block.kind == BlockKind::code; })));
  at(values, Feature::post_has_forward) = flag(post.forwarded_from.has_value());
  at(values, Feature::post_has_buttons) = flag(!post.buttons.empty());
  at(values, Feature::post_has_poll) = flag(post.poll.has_value());
  at(values, Feature::post_has_media) = flag(!post.media.empty());
  at(values, Feature::post_is_service) = flag(post.kind == PostKind::service);
  return values;
}

}  // namespace

Description::Description(const Post& post,
                         const std::vector<Block>& blocks,
                         PostLanguages languages)
    : languages_(std::move(languages)), links_(placed_links(post)), tags_(tags(post)) {
  view_.channel = post.id.channel.str();
  view_.lang = languages_.post;
  view_.whole.features = post_features(post, blocks);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    describe_block(post, blocks[i]);
    if (!languages_.blocks.empty()) view_.blocks.back().lang = languages_.blocks[i];
    FeatureValues& values = view_.blocks.back().features;
    at(values, Feature::block_pos) = number(i);
    at(values, Feature::block_from_end) = number(blocks.size() - 1 - i);
    at(values, Feature::block_is_first) = flag(i == 0);
    at(values, Feature::block_is_last) = flag(i + 1 == blocks.size());
  }
  describe_whole(post);
}

std::string_view Description::keep(std::string text) {
  return strings_.emplace_back(std::move(text));
}

void Description::add_link(Unit& unit, const Link& link) {
  const std::optional<Span> span = link.span.empty() ? std::nullopt : std::optional(link.span);
  unit.evidence.push_back({.scope = Scope::link_url, .text = link.url, .span = span});
  const std::string_view host = keep(split_address(link.url).host);
  if (!host.empty())
    unit.evidence.push_back({.scope = Scope::link_host, .text = host, .span = span});
  if (link.masked && !link.text.empty()) {
    unit.evidence.push_back({.scope = Scope::link_text, .text = link.text, .span = span});
  }
}

void Description::describe_block(const Post& post, const Block& block) {
  Unit unit;
  const std::string_view text = block_text(post, block);
  unit.features = view_.whole.features;
  fill_text_features(unit.features, text);
  fill_kind_features(unit.features, block.kind);
  at(unit.features, Feature::block_names_channel) =
      flag(text.size() <= kLongestFooter && names_channel(text, view_.channel));
  unit.evidence.push_back({.scope = Scope::text, .text = text, .span = block.text});
  for (const Link* link : inside(links_, block.span)) {
    count_link(unit.features, post, *link);
    add_link(unit, *link);
  }
  for (const Entity* entity : inside(tags_, block.span)) {
    const bool hashtag = entity->kind == EntityKind::hashtag;
    at(unit.features, hashtag ? Feature::block_hashtags : Feature::block_mentions) += 1;
    unit.evidence.push_back(
        {.scope = hashtag ? Scope::hashtag : Scope::mention,
         .text = std::string_view(post.text).substr(entity->span.begin, entity->span.size()),
         .span = entity->span});
  }
  view_.blocks.push_back(std::move(unit));
}

void Description::describe_whole(const Post& post) {
  Unit& whole = view_.whole;
  const auto add = [&whole](Scope scope, std::string_view text) {
    if (!text.empty())
      whole.evidence.push_back({.scope = scope, .text = text, .span = std::nullopt});
  };
  whole.evidence.push_back(
      {.scope = Scope::post, .text = post.text, .span = Span{0, post.text.size()}});
  for (const Link& link : post.links) {
    if (link.span.empty()) add_link(whole, link);
  }
  for (const Button& button : post.buttons) {
    add(Scope::button_text, button.text);
    add(Scope::button_url, button.url);
  }
  for (const Media& media : post.media) add(Scope::media_kind, name_of(media.type));
  if (post.forwarded_from) {
    add(Scope::forward_from, post.forwarded_from->name);
    add(Scope::forward_from, post.forwarded_from->url);
  }
  if (post.reply_to) add(Scope::reply_quote, post.reply_to->text);
  if (post.link_preview) {
    add(Scope::preview,
        keep(post.link_preview->site_name + "\n" + post.link_preview->title + "\n" +
             post.link_preview->description));
  }
  add(Scope::signature, post.author);
}

}  // namespace qanat::classifier
