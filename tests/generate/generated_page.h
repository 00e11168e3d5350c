#pragma once

#include <cstdint>
#include <string>

#include "base/channel_page.h"

namespace qanat::generate {

/// A page of t.me beside what it says.
struct GeneratedPage {
  ChannelPage truth;  ///< what parse_page() must make of `html`
  std::string html;   ///< as written in a random year between 2019 and 2026; valid UTF-8
};

/// The page of that seed, with `posts` posts. Pure: every machine and compiler gives the same.
[[nodiscard]] GeneratedPage generated_page(std::uint64_t seed, int posts);

/// The page that the seed makes of another truth: for making a failure smaller.
[[nodiscard]] std::string page_of(const ChannelPage& truth, std::uint64_t seed);

/// The page as its script gets it: one JSON string. Its truth has no channel header.
[[nodiscard]] GeneratedPage generated_xhr(std::uint64_t seed, int posts);

}  // namespace qanat::generate
