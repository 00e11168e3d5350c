#include "export/redaction/finding.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/ascii.h"
#include "export/redaction/addresses.h"
#include "export/redaction/characters.h"
#include "export/redaction/numbers.h"
#include "export/redaction/phone_shape.h"

namespace qanat::exporting {
namespace {

/// In code a number without a plus is a constant, and an @word an annotation.
bool is_doubtful_in_code(std::string_view text, const Finding& finding) {
  switch (finding.kind) {
    case PersonalKind::phone: return text[finding.span.begin] != '+';
    case PersonalKind::inn: return true;
    case PersonalKind::handle: return text[finding.span.begin] == '@';
    default: return false;
  }
}

std::string digits_of(std::string_view text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), is_ascii_digit);
  return out;
}

/// What the page itself marks as somebody's. Of a mention and of a link it says where the address
/// begins, whatever stands before it: "-@name".
void find_marked(std::string_view text, const Entity& entity, std::vector<Finding>& out) {
  const std::string_view words = text.substr(entity.span.begin, entity.span.size());
  switch (entity.kind) {
    case EntityKind::phone:
      out.push_back({entity.span, PersonalKind::phone, phone_value(digits_of(words))});
      break;
    case EntityKind::email:
      out.push_back({entity.span, PersonalKind::email, small_letters(words)});
      break;
    case EntityKind::mention:
    case EntityKind::link: {
      const std::size_t known = out.size();
      find_telegram_addresses(words, out);
      find_encoded(words, out);
      for (Finding& finding : std::span(out).subspan(known)) {
        finding.span.begin += entity.span.begin;
        finding.span.end += entity.span.begin;
      }
      break;
    }
    default: break;
  }
}

/// The longest of those that begin first, then what follows it.
std::vector<Finding> disjoint(std::vector<Finding> found) {
  std::ranges::sort(found, [](const Finding& a, const Finding& b) {
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    if (a.span.end != b.span.end) return a.span.end > b.span.end;
    return a.kind < b.kind;
  });
  std::vector<Finding> out;
  for (Finding& finding : found) {
    if (out.empty() || out.back().span.end <= finding.span.begin) out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace

bool is_code(const Entity& entity) {
  return entity.kind == EntityKind::code || entity.kind == EntityKind::pre;
}

std::string_view name_of(PersonalKind kind) {
  switch (kind) {
    case PersonalKind::phone: return "phone";
    case PersonalKind::email: return "email";
    case PersonalKind::card: return "card";
    case PersonalKind::iban: return "iban";
    case PersonalKind::snils: return "snils";
    case PersonalKind::inn: return "inn";
    case PersonalKind::invite: return "invite";
    case PersonalKind::handle: return "handle";
  }
  std::unreachable();
}

std::vector<Finding> find_personal_data(std::string_view text, std::span<const Entity> entities) {
  std::vector<Finding> found;
  find_ibans(text, found);
  find_numbers(text, found);
  find_emails(text, found);
  find_phone_addresses(text, found);
  find_telegram_addresses(text, found);
  std::erase_if(found, [&](const Finding& finding) {
    return is_doubtful_in_code(text, finding) &&
           std::ranges::any_of(entities, [&](const Entity& entity) {
             return is_code(entity) && entity.span.contains(finding.span);
           });
  });
  for (const Entity& entity : entities) find_marked(text, entity, found);
  return disjoint(std::move(found));
}

}  // namespace qanat::exporting
