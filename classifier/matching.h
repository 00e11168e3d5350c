#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/span.h"

/// What the rules look at. Description (features.h) fills it from a post and its blocks; the rule
/// engine reads nothing else.
namespace qanat::classifier {

/// Where a rule may look (`in = [...]`).
enum class Scope {
  text,          ///< one block's text
  post,          ///< the whole post's text, once
  link_url,      ///< "link.url", canonical
  link_host,     ///< "link.host", lower case; a listed host covers those below it
  link_text,     ///< "link.text"
  button_text,   ///< "button.text"
  button_url,    ///< "button.url"
  media_kind,    ///< "media.kind"
  forward_from,  ///< "forward.from"
  reply_quote,   ///< "reply.quote"
  preview,       ///< "preview": site name, title and description of the link preview
  signature,     ///< "signature": the author's signature beside the date
  hashtag,       ///< "hashtag", with '#'
  mention,       ///< "mention", with '@'
};

[[nodiscard]] std::string_view scope_name(Scope scope);
[[nodiscard]] std::optional<Scope> scope_by_name(std::string_view name);

/// Numbers that `when` and composites may compare. Ratios are 0…1, positions and counts whole.
enum class Feature {
  block_links,
  block_ext_links,  ///< links that leave the channel itself
  block_masked_links,
  block_mentions,
  block_hashtags,
  block_chars,  ///< code points
  block_lines,
  block_emoji_ratio,  ///< emoji per code point
  block_caps_ratio,   ///< capitals per letter
  block_digits_ratio,
  block_pos,       ///< 0 for the first block
  block_from_end,  ///< 0 for the last block
  block_is_first,
  block_is_last,
  block_is_code,
  block_is_quote,
  block_is_list,
  block_is_link_line,
  block_question_marks,
  block_obfuscated_words,  ///< words that mix alphabets
  block_names_channel,     ///< a line that names_channel()
  post_blocks,
  post_chars,
  post_lines,  ///< those of its blocks: a blank line is none
  post_links,
  post_ext_links,
  post_question_marks,
  post_code_blocks,
  post_has_forward,
  post_has_buttons,
  post_has_poll,
  post_has_media,
  post_is_service,
  count_,  ///< how many there are. NOLINT(readability-identifier-naming): it is no feature
};

/// "block.ext_links", "post.has_forward", …
[[nodiscard]] std::string_view feature_name(Feature feature);
[[nodiscard]] std::optional<Feature> feature_by_name(std::string_view name);

using FeatureValues = std::array<double, static_cast<std::size_t>(Feature::count_)>;

/// One piece of text that rules may match. Views: the unit's owner keeps the strings alive.
struct Evidence {
  Scope scope = Scope::text;
  std::string_view text;     ///< valid UTF-8, as written
  std::optional<Span> span;  ///< where it stands in Post::text, if it does
};

/// A block, or the post as a whole, as the rules see it.
struct Unit {
  std::string_view lang;  ///< of a block, where it is not the post's; empty: as the post
  std::vector<Evidence> evidence;
  FeatureValues features{};
};

/// A post as the rules see it.
struct PostView {
  std::string_view channel;  ///< lower-case name, for channel overrides; may be empty
  std::string_view lang;     ///< "ru", "en", "other"
  std::vector<Unit> blocks;
  Unit whole;  ///< buttons, forward, reply, media, and the text in scope `post`

  [[nodiscard]] std::string_view lang_of(const Unit& unit) const {
    return unit.lang.empty() ? lang : unit.lang;
  }
};

}  // namespace qanat::classifier
