#include "parser/attribute.h"

#include <cstddef>
#include <optional>
#include <string_view>

#include "parser/tag_scanner.h"

namespace qanat::parser {

std::optional<Attribute> attribute_named(std::string_view written) {
  for (std::size_t i = 0; i < kAttributeNames.size(); ++i)
    if (is_name(written, kAttributeNames.at(i))) return static_cast<Attribute>(i);
  return std::nullopt;
}

}  // namespace qanat::parser
