#pragma once

#include "base/channel_page.h"
#include "support/random.h"

/// Random values that a page can show: what a parser must give back, bit by bit.
namespace qanat::generate {

/// A post whose every field a page can show. The same state of `random` gives the same post,
/// whatever the compiler and its library.
/// `slug` is the channel's name as the page spells it.
[[nodiscard]] Post random_post(test::Random& random, const std::string& slug, MessageId id);

/// A complete page of one channel with `posts` posts, oldest first.
[[nodiscard]] ChannelPage random_page(test::Random& random, int posts);

}  // namespace qanat::generate
