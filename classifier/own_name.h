#pragma once

#include <string_view>

namespace qanat::classifier {

/// Whether `text` names the channel that it stands in: begins with its name, ornaments, blanks and
/// alphabet aside ("🔧 Гвоздь и доска | чат" in gvozd_i_doska), or holds its @handle or address
/// (not that of an earlier post). The first six letters and three fifths of the name are enough, as
/// handles are longer than names ("Mind Notes" in mindnotes_daily). `channel`: lower case, may be
/// empty.
[[nodiscard]] bool names_channel(std::string_view text, std::string_view channel);

}  // namespace qanat::classifier
