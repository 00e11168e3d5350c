#pragma once

#include <map>
#include <string>
#include <string_view>

#include "parser/html_tree.h"

namespace qanat::parser {

/// Counts into `unknown` what stands in a message and is in none of our tables: Telegram's classes
/// ("tgme_widget_message_xyz"), and its own elements ("<tg-xyz>").
void count_unknown_markup(Node message, std::map<std::string, int>& unknown);

/// The words of a class attribute that are Telegram's and in none of our tables, with blanks
/// between.
[[nodiscard]] std::string unknown_classes(std::string_view classes);

}  // namespace qanat::parser
