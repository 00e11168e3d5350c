#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/lines.h"
#include "classifier/segment.h"

namespace qanat::classifier {

/// Raised whenever the same text would be of another language, by another CLD2 as well: it decides
/// which packs speak, so it enters the decision fingerprint.
inline constexpr int kLanguageVersion = 2;

/// "ru", "en" or "other". Code, addresses, handles, tags and emoji do not vote. CLD2 reads the
/// words of the alphabet that prevails; where they are too few for it, the alphabet decides: a
/// letter that Russian lacks (і, ў, ј) makes a Cyrillic text another language.
[[nodiscard]] std::string language_of(std::string_view text);

struct PostLanguages {
  std::string post;
  std::vector<std::string> blocks;  ///< by block, empty: as the post; none: no block differs
};

/// The language of a post, as above, and of its blocks: "ru" or "en" where a block has a sentence's
/// letters in the other alphabet than the post, and CLD2 is sure of English. A post may answer in
/// one language and advertise in the other. `lines` and `blocks` are of `text`.
[[nodiscard]] PostLanguages languages_of(std::string_view text,
                                         std::span<const Line> lines,
                                         std::span<const Block> blocks);

}  // namespace qanat::classifier
