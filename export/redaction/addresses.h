#pragma once

#include <string_view>
#include <vector>

#include "export/redaction/finding.h"

namespace qanat::exporting {

/// Adds e-mail addresses.
void find_emails(std::string_view text, std::vector<Finding>& out);

/// Adds @handles and, as addresses of Telegram (t.me/NAME, NAME.t.me, tg://resolve?domain=NAME,
/// tg://user?id=N), whom they lead to, and links into private chats.
void find_telegram_addresses(std::string_view text, std::vector<Finding>& out);

/// Adds what an address of the web or of mail holds percent-encoded.
void find_encoded(std::string_view address, std::vector<Finding>& out);

/// Adds the phones that addresses carry: tel:, t.me/+N, WhatsApp's and Viber's.
void find_phone_addresses(std::string_view text, std::vector<Finding>& out);

}  // namespace qanat::exporting
