#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// What the numbers of a line that recurs with others in each post say: whether they count the
/// channel's posts, readers or days, or are what the post is about.
namespace qanat::classifier {

/// A line's numbers from left to right, a date's ("12.03.2026") year first.
using LineNumbers = std::vector<std::uint64_t>;

[[nodiscard]] LineNumbers numbers_of(std::string_view line);

[[nodiscard]] bool numbers_vary(std::span<const LineNumbers> posts);

/// They grow or shrink from post to post as what counts readers, issues or days does, in four posts
/// at least. One step in eight may go back: a new year, a reader who left.
[[nodiscard]] bool go_one_way(std::span<const LineNumbers> posts);

/// "Новости 12.03.2026", "Дайджест недели № 34", "День 5 из 100": nothing but a name and a date, or
/// an issue with one more in each post.
[[nodiscard]] bool names_issues(std::string_view line, std::span<const LineNumbers> posts);

}  // namespace qanat::classifier
