#pragma once

#include <string>
#include <string_view>

#include "support/random.h"

namespace qanat::generate {

/// The same page, written otherwise: attributes in another order or other quotes, characters as
/// other references or as themselves. `html` is what qanat::markup makes.
[[nodiscard]] std::string written_otherwise(std::string_view html, test::Random& random);

}  // namespace qanat::generate
