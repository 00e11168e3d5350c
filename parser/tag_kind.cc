#include "parser/tag_kind.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"
#include "parser/tag_scanner.h"

namespace qanat::parser {

namespace {

/// Sorted by name.
constexpr auto kKinds = std::to_array<TagKind>({
    {"a", role::formatting | role::alone},
    {"address", role::block},
    {"applet", role::dropped},
    {"area", role::empty},
    {"article", role::block},
    {"aside", role::block},
    {"b", role::formatting | role::ends_foreign},
    {"base", role::empty},
    {"basefont", role::empty},
    {"bgsound", role::empty},
    {"big", role::formatting | role::ends_foreign},
    {"blockquote", role::block | role::ends_foreign},
    {"body", role::frame | role::ends_foreign},
    {"br", role::empty | role::ends_foreign},
    {"button", role::block | role::button},
    {"caption", role::cell},
    {"center", role::block | role::ends_foreign},
    {"code", role::formatting | role::ends_foreign},
    {"col", role::empty | role::row},
    {"colgroup", role::row},
    {"dd", role::ends_paragraph | role::definition | role::ends_foreign},
    {"details", role::ends_paragraph},
    {"dir", role::ends_paragraph},
    {"div", role::block | role::ends_foreign},
    {"dl", role::block | role::definition_list | role::ends_foreign},
    {"dt", role::ends_paragraph | role::definition | role::ends_foreign},
    {"em", role::formatting | role::ends_foreign},
    {"embed", role::empty | role::ends_foreign},
    {"fieldset", role::block},
    {"figcaption", role::block},
    {"figure", role::block},
    {"font", role::formatting},
    {"footer", role::block},
    {"form", role::dropped},
    {"frame", role::dropped},
    {"frameset", role::dropped},
    {"h1", role::heading | role::ends_foreign},
    {"h2", role::heading | role::ends_foreign},
    {"h3", role::heading | role::ends_foreign},
    {"h4", role::heading | role::ends_foreign},
    {"h5", role::heading | role::ends_foreign},
    {"h6", role::heading | role::ends_foreign},
    {"head", role::frame | role::ends_foreign},
    {"header", role::block},
    {"hgroup", role::ends_paragraph},
    {"hr", role::empty | role::ends_paragraph | role::ends_foreign},
    {"html", role::frame},
    {"i", role::formatting | role::ends_foreign},
    {"iframe", role::inline_frame},
    {"image", role::empty},
    {"img", role::empty | role::ends_foreign},
    {"input", role::empty},
    {"isindex", role::dropped},
    {"keygen", role::dropped},
    {"li", role::ends_paragraph | role::list_item | role::ends_foreign},
    {"link", role::empty},
    {"listing", role::dropped | role::ends_foreign},
    {"main", role::ends_paragraph},
    {"marquee", role::dropped},
    {"math", role::foreign},
    {"menu", role::ends_paragraph | role::ends_foreign},
    {"menuitem", role::dropped},
    {"meta", role::empty | role::ends_foreign},
    {"nav", role::block},
    {"nobr", role::formatting | role::alone | role::ends_foreign},
    {"noembed", role::raw_text},
    {"noframes", role::raw_text},
    {"noscript", role::dropped},
    {"object", role::dropped},
    {"ol", role::block | role::list | role::ends_foreign},
    {"optgroup", role::dropped},
    {"option", role::dropped},
    {"p", role::ends_paragraph | role::paragraph | role::ends_foreign},
    {"param", role::empty},
    {"plaintext", role::dropped},
    {"pre", role::block | role::ends_foreign},
    {"rb", role::dropped},
    {"rp", role::dropped},
    {"rt", role::dropped},
    {"rtc", role::dropped},
    {"ruby", role::dropped | role::ends_foreign},
    {"s", role::formatting | role::ends_foreign},
    {"script", role::raw_text},
    {"section", role::block},
    {"select", role::dropped},
    {"small", role::formatting | role::ends_foreign},
    {"source", role::empty},
    {"span", role::ends_foreign},
    {"strike", role::formatting | role::ends_foreign},
    {"strong", role::formatting | role::ends_foreign},
    {"style", role::raw_text},
    {"sub", role::ends_foreign},
    {"summary", role::ends_paragraph},
    {"sup", role::ends_foreign},
    {"svg", role::foreign},
    {"table", role::ends_paragraph | role::table | role::ends_foreign},
    {"tbody", role::row},
    {"td", role::cell},
    {"template", role::dropped},
    {"textarea", role::raw_text},
    {"tfoot", role::row},
    {"th", role::cell},
    {"thead", role::row},
    {"title", role::raw_text},
    {"tr", role::row},
    {"track", role::empty},
    {"tt", role::formatting | role::ends_foreign},
    {"u", role::formatting | role::ends_foreign},
    {"ul", role::block | role::list | role::ends_foreign},
    {"var", role::ends_foreign},
    {"wbr", role::empty},
    {"xmp", role::raw_text},
});
static_assert(std::ranges::is_sorted(kKinds, {}, &TagKind::name));

constexpr std::size_t kLongest = 10;
static_assert(std::ranges::all_of(kKinds, [](const TagKind& each) {
  return each.name.size() <= kLongest;
}));

/// Where in kKinds the names with each first letter begin; the last entry is their number.
constexpr std::array<std::uint8_t, 27> kFirst = [] {
  std::array<std::uint8_t, 27> first{};
  for (std::size_t letter = 0; letter < first.size(); ++letter)
    first.at(letter) =
        static_cast<std::uint8_t>(std::ranges::count_if(kKinds, [letter](const TagKind& each) {
          return static_cast<std::size_t>(each.name[0] - 'a') < letter;
        }));
  return first;
}();

}  // namespace

TagName::TagName(std::string_view written) : written_(written) {
  if (written.size() > kLongest) return;
  std::array<char, kLongest> letters{};
  std::ranges::transform(written, letters.begin(), lower);
  const std::string_view name{letters.data(), written.size()};
  if (name.empty() || name[0] < 'a' || name[0] > 'z') return;
  const auto letter = static_cast<std::size_t>(name[0] - 'a');
  for (std::size_t i = kFirst.at(letter); i < kFirst.at(letter + 1); ++i)
    if (kKinds.at(i).name == name) kind_ = &kKinds.at(i);
}

bool TagName::same_element(const TagName& other) const {
  if (is(role::heading) && other.is(role::heading)) return true;
  if (!known().empty() || !other.known().empty()) return kind_ == other.kind_;
  return equal_without_case(written_, other.written_);
}

}  // namespace qanat::parser
