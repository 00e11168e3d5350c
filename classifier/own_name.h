#pragma once

#include <string_view>

namespace qanat::classifier {

/// Whether `text` names the channel that it stands in: begins with its name, ornaments, blanks and
/// alphabet aside ("🔧 Гвоздь и доска | чат" in gvozd_i_doska), or holds its address. The name ends
/// where the text does, or at a mark: what goes on in words is a sentence about the channel's
/// subject, unless an ornament stands before it and no full stop behind ("🥦 Тарелка здравого
/// смысла" in tarelka). Two words, the first six letters and three fifths of the name are enough,
/// as handles are longer than names ("Mind Notes" in mindnotes_daily); one word alone names a
/// subject ("Python" in python_qa). `channel`: lower case, may be empty.
[[nodiscard]] bool names_channel(std::string_view text, std::string_view channel);

/// Whether `text` holds the channel's "@handle" or "t.me/handle" (or on another of kTelegramHosts),
/// in any case; "t.me/handle/12" is one of its posts.
[[nodiscard]] bool holds_address(std::string_view text, std::string_view channel);

}  // namespace qanat::classifier
