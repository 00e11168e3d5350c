#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qanat::store {

/// The form in which texts are searched: case folded, NFC, ё as е, without characters that show
/// nothing (soft hyphen, zero width), no-break spaces as spaces. Takes any bytes; normalising twice
/// changes nothing. The store keeps it: other bytes for the same text need a new schema version.
[[nodiscard]] std::string normalise_for_search(std::string_view text);

/// The words of a query in that form.
[[nodiscard]] std::vector<std::string> search_words(std::string_view query);

}  // namespace qanat::store
