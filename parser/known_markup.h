#pragma once

#include <map>
#include <string>

#include "parser/html_tree.h"

namespace qanat::parser {

/// Counts into `unknown` what stands in a message and is in none of our tables: Telegram's classes
/// ("tgme_widget_message_xyz"), and its own elements ("<tg-xyz>").
void count_unknown_markup(Node message, std::map<std::string, int>& unknown);

}  // namespace qanat::parser
