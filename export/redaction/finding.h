#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/post.h"
#include "base/span.h"

/// Where a text holds what leads to a private person. Pure; linear in the text.
namespace qanat::exporting {

enum class PersonalKind { phone, email, card, iban, snils, inn, invite, handle };

inline constexpr std::array kPersonalKinds = {PersonalKind::phone,
                                              PersonalKind::email,
                                              PersonalKind::card,
                                              PersonalKind::iban,
                                              PersonalKind::snils,
                                              PersonalKind::inn,
                                              PersonalKind::invite,
                                              PersonalKind::handle};

/// "phone", "email", …
[[nodiscard]] std::string_view name_of(PersonalKind kind);

struct Finding {
  Span span;
  PersonalKind kind = PersonalKind::phone;
  std::string value;  ///< in one spelling: two findings of the same thing have the same value

  bool operator==(const Finding&) const = default;
};

/// Written in a fixed width: constants and annotations look like phones and handles there.
[[nodiscard]] bool is_code(const Entity& entity);

/// All of them, in text order, disjoint. `entities` are those of `text`, if it has any: what the
/// page itself calls a phone or an e-mail is one, and @words inside of code are no handles. Handles
/// of channels are found too: who is public, the caller knows.
[[nodiscard]] std::vector<Finding> find_personal_data(std::string_view text,
                                                      std::span<const Entity> entities = {});

}  // namespace qanat::exporting
