#pragma once

#include <cstdint>
#include <string_view>

namespace qanat::classifier {

/// How much a line looks like code, a command or a query.
enum class CodeSign : std::uint8_t {
  none,
  weak,  ///< may be prose: code beside code
  sure,
};

/// Of one line by itself. `whole` is the line with its indentation, `text` without blanks at both
/// ends. What only code begins with is sure; what words begin with, too ("go", "FROM", "private",
/// "if …:"), or end with, is sure where no two words stand side by side as in a sentence.
///
/// The segmenter cuts there: a change raises kSegmenterVersion.
[[nodiscard]] CodeSign code_sign(std::string_view whole, std::string_view text);

}  // namespace qanat::classifier
