// The forms of a text that rules see, and the way back to the bytes as written.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/utf8.h"
#include "classifier/views.h"
#include "fuzz/promise.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;
using fuzz::promise;

bool is_boundary(std::string_view text, std::size_t at) {
  return utf8::start_of_character(text, at) == at;
}

bool is_blank(std::string_view piece) { return piece == " " || piece == "\n"; }

/// Each character of the view leads to a place in the source, and places never go back.
void check_map(const MappedText& view, std::string_view source) {
  const std::string& text = view.text();
  promise(utf8::is_valid(text), "a view is valid UTF-8");
  const bool valid = utf8::is_valid(source);
  Span before{};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8::decode(text, at).length;
    const Span origin = view.original({at, at + length});
    promise(origin.begin <= origin.end && origin.end <= source.size(),
            "a place lies in the source");
    promise(before.begin <= origin.begin && before.end <= origin.end, "places follow one another");
    promise(!origin.empty() || is_blank(text.substr(at, length)), "what is shown was written");
    promise(!valid || (is_boundary(source, origin.begin) && is_boundary(source, origin.end)),
            "a place begins and ends between characters");
    before = origin;
    at += length;
  }
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \n"), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(" \n") + 1);
}

/// The part of the source that a view came from makes the same view again.
void check_round_trip(const MappedText& folded, std::string_view source) {
  const std::string_view words = without_blanks(folded.text());
  if (words.empty()) return;
  const Span whole = folded.original({0, folded.text().size()});
  const MappedText again = fold_view(source.substr(whole.begin, whole.size()));
  promise(without_blanks(again.text()) == words, "the place of a text folds to the text");
}

void check_raw(const MappedText& raw, std::string_view source) {
  promise(raw.text() == utf8::repaired(source),
          "raw is the source, with U+FFFD for what is broken");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source = fuzz::text_of(data, size);
  const MappedText folded = fold_view(source);
  check_map(folded, source);
  check_round_trip(folded, source);
  check_map(words_view(folded), source);
  check_map(squash_view(folded), source);
  const MappedText raw = raw_view(source);
  check_map(raw, source);
  check_raw(raw, source);
  return 0;
}
