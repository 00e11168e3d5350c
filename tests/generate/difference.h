#pragma once

#include <optional>
#include <string>

#include "base/channel_page.h"

namespace qanat::generate {

/// Where two values of one kind part.
struct Difference {
  std::string field;     ///< "entities[3]"
  std::string expected;  ///< printable: blanks and controls are escaped
  std::string actual;
};

/// The first field that is not the same; nothing when the values are equal.
[[nodiscard]] std::optional<Difference> first_difference(const Post& expected, const Post& actual);

/// The same of all but the posts themselves: their number is compared.
[[nodiscard]] std::optional<Difference> first_difference_around(const ChannelPage& expected,
                                                                const ChannelPage& actual);

}  // namespace qanat::generate
