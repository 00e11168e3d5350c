#include "classifier/matching.h"

#include <algorithm>
#include <iterator>

namespace qanat::classifier {
namespace {

struct ScopeName {
  Scope scope;
  std::string_view name;
};

constexpr std::array kScopes{
    ScopeName{Scope::text, "text"},
    ScopeName{Scope::post, "post"},
    ScopeName{Scope::link_url, "link.url"},
    ScopeName{Scope::link_host, "link.host"},
    ScopeName{Scope::link_text, "link.text"},
    ScopeName{Scope::button_text, "button.text"},
    ScopeName{Scope::button_url, "button.url"},
    ScopeName{Scope::media_kind, "media.kind"},
    ScopeName{Scope::forward_from, "forward.from"},
    ScopeName{Scope::reply_quote, "reply.quote"},
    ScopeName{Scope::preview, "preview"},
    ScopeName{Scope::signature, "signature"},
    ScopeName{Scope::hashtag, "hashtag"},
    ScopeName{Scope::mention, "mention"},
};

/// In the order of Feature.
constexpr std::array<std::string_view, static_cast<std::size_t>(Feature::count_)> kFeatures{
    "block.links",
    "block.ext_links",
    "block.masked_links",
    "block.mentions",
    "block.hashtags",
    "block.chars",
    "block.lines",
    "block.emoji_ratio",
    "block.caps_ratio",
    "block.digits_ratio",
    "block.pos",
    "block.from_end",
    "block.is_first",
    "block.is_last",
    "block.is_code",
    "block.is_quote",
    "block.is_list",
    "block.is_link_line",
    "block.question_marks",
    "block.obfuscated_words",
    "block.names_channel",
    "post.blocks",
    "post.chars",
    "post.lines",
    "post.links",
    "post.ext_links",
    "post.question_marks",
    "post.code_blocks",
    "post.has_forward",
    "post.has_buttons",
    "post.has_poll",
    "post.has_media",
    "post.is_service",
};

}  // namespace

std::string_view scope_name(Scope scope) {
  const auto* found = std::ranges::find(kScopes, scope, &ScopeName::scope);
  return found == kScopes.end() ? std::string_view{} : found->name;
}

std::optional<Scope> scope_by_name(std::string_view name) {
  const auto* found = std::ranges::find(kScopes, name, &ScopeName::name);
  if (found == kScopes.end()) return std::nullopt;
  return found->scope;
}

std::string_view feature_name(Feature feature) {
  return kFeatures.at(static_cast<std::size_t>(feature));
}

std::optional<Feature> feature_by_name(std::string_view name) {
  const auto* found = std::ranges::find(kFeatures, name);
  if (found == kFeatures.end()) return std::nullopt;
  return static_cast<Feature>(std::distance(kFeatures.begin(), found));
}

}  // namespace qanat::classifier
