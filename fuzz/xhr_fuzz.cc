// The page as one JSON string, as the page's script gets it; nlohmann-json is the witness.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/utf8.h"
#include "fuzz/promise.h"
#include "parser/xhr.h"
#include "record/json.h"

namespace {

using namespace qanat;

void check_decoding(std::string_view bytes) {
  const auto page = parser::decode_xhr(bytes);
  const record::Json witness = record::Json::parse(bytes, nullptr, false);
  if (!page) {
    fuzz::promise(page.error().code == Errc::markup, "a refusal is about the markup");
    fuzz::promise(!witness.is_string(), "a JSON string is not refused");
    return;
  }
  fuzz::promise(utf8::is_valid(page->html), "valid UTF-8 stays valid");
  if (!witness.is_string()) return;
  fuzz::promise(page->complete, "a JSON string is complete");
  fuzz::promise(page->html == witness.get<std::string>(), "a JSON string is decoded as JSON says");
}

/// A cut between the halves of a surrogate pair leaves a U+FFFD at the end.
std::string_view without_half_pair(std::string_view html) {
  constexpr std::string_view kReplacement = "\uFFFD";
  if (html.ends_with(kReplacement)) html.remove_suffix(kReplacement.size());
  return html;
}

void check_encoded(const std::string& html, bool only_ascii) {
  const std::string json = record::Json(html).dump(-1, ' ', only_ascii);
  fuzz::promise(parser::is_xhr(json), "a JSON string is known by its quote");
  const auto page = parser::decode_xhr(json);
  fuzz::promise(page && page->complete && page->html == html, "what was encoded comes back");
  const auto cut = parser::decode_xhr(std::string_view{json}.substr(0, json.size() / 2));
  fuzz::promise(cut && !cut->complete && html.starts_with(without_half_pair(cut->html)),
                "a string cut short gives its beginning");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = utf8::repaired(fuzz::text_of(data, size));
  if (parser::is_xhr(text)) check_decoding(text);
  check_encoded(text, size % 2 == 0);
  return 0;
}
