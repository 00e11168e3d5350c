#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/channel_page.h"
#include "base/post.h"
#include "base/verdict.h"

/// The names of our enumerations, as they stand in JSON, in the store and on the command line.
namespace qanat {

[[nodiscard]] std::string_view name_of(Label label);
[[nodiscard]] std::string_view name_of(Outcome outcome);
[[nodiscard]] std::string_view name_of(RemovedKind kind);
[[nodiscard]] std::string_view name_of(BlockKind kind);
[[nodiscard]] std::string_view name_of(BlockOutcome outcome);
[[nodiscard]] std::string_view name_of(HitEffect effect);
[[nodiscard]] std::string_view name_of(PostKind kind);
[[nodiscard]] std::string_view name_of(ServiceKind kind);
[[nodiscard]] std::string_view name_of(MediaType type);
[[nodiscard]] std::string_view name_of(EntityKind kind);
[[nodiscard]] std::string_view name_of(PageKind kind);

/// The names of all values, in their order. For the enumerations above.
template <class Enum>
[[nodiscard]] std::span<const std::string_view> names_of();

/// The value that bears the name; nothing when none does. For the enumerations above.
template <class Enum>
[[nodiscard]] std::optional<Enum> from_name(std::string_view name);

}  // namespace qanat
