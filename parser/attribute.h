#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace qanat::parser {

/// The attributes that some field is read from. The fence cuts all others, so an attribute can only
/// be read by its name here.
enum class Attribute : std::uint8_t {
  alt,
  classes,
  content,
  data_after,
  data_before,
  data_post,
  data_url,
  data_view,
  data_webp,
  datetime,
  emoji_id,
  expandable,
  href,
  onclick,
  property,
  rel,
  src,
  srcset,
  style,
};

/// In the order of the enumeration.
inline constexpr std::array<std::string_view, 19> kAttributeNames = {"alt",
                                                                     "class",
                                                                     "content",
                                                                     "data-after",
                                                                     "data-before",
                                                                     "data-post",
                                                                     "data-url",
                                                                     "data-view",
                                                                     "data-webp",
                                                                     "datetime",
                                                                     "emoji-id",
                                                                     "expandable",
                                                                     "href",
                                                                     "onclick",
                                                                     "property",
                                                                     "rel",
                                                                     "src",
                                                                     "srcset",
                                                                     "style"};

[[nodiscard]] constexpr std::string_view name_of(Attribute attribute) {
  return kAttributeNames.at(static_cast<std::size_t>(attribute));
}

/// The attribute of that name, written in any case; nothing for those that no field is read from.
[[nodiscard]] std::optional<Attribute> attribute_named(std::string_view written);

}  // namespace qanat::parser
