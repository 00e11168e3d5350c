#pragma once

#include <map>
#include <string>
#include <string_view>

#include "parser/html_tree.h"

namespace qanat::parser {

/// What stood in messages, or in the page's header, and is in none of our tables, by name, and how
/// often: a class ("tgme_widget_message_xyz"), an element ("<tg-xyz>", "<img> in a text"), the
/// label of a withheld post ("label: Open it elsewhere"), words outside of every known field
/// ("text in <div>").
using UnknownMarkup = std::map<std::string, int>;

/// Counts one more of that name. Long names are cut, and what comes after a hundred names is
/// counted as "…": a page must not fill the reports.
void note_unknown(UnknownMarkup& unknown, std::string_view name);

/// Counts the classes, elements and labels of a message that we do not know. Not counted: classes
/// that steer the page's script ("js-…") or number a file.
void count_unknown_markup(Node message, UnknownMarkup& unknown);

/// The same for what describes the channel, .tgme_channel_info. Telegram's own links below it are
/// left out.
void count_unknown_in_header(Node info, UnknownMarkup& unknown);

/// Whether a class is known and no reader looks for it: cutting it changes nothing.
[[nodiscard]] bool is_idle_class(std::string_view token);

/// The words of a class attribute that are in none of our tables, with blanks between.
[[nodiscard]] std::string unknown_classes(std::string_view classes);

}  // namespace qanat::parser
