#include "classifier/numbered_text.h"

#include <string>

#include "base/utf8.h"
#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;

namespace {

std::u32string characters_of(const NumberedText& text) {
  std::u32string all;
  for (std::size_t at = 0; at < text.size(); ++at) all += text.character(at);
  return all;
}

std::u32string decoded(std::string_view text) {
  std::u32string all;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    all += point.value;
    at += point.length;
  }
  return all;
}

}  // namespace

TEST_CASE("a text's characters, and where they begin, are those that decoding tells", "[views]") {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    const std::string text = test::random_text(seed, 40);
    const NumberedText numbered(text);
    CHECK(characters_of(numbered) == decoded(text));
    for (std::size_t at = 0; at < numbered.size(); ++at) {
      const std::size_t byte = numbered.byte_of(at);
      CHECK(numbered.character(at) == utf8::decode(text, byte).value);
      CHECK(numbered.number(at) == number_of(numbered.character(at)));
      CHECK(numbered.character_from(byte) == at);
    }
    CHECK(numbered.byte_of(numbered.size()) == text.size());
  }
}

TEST_CASE("a part of a numbered text is what its bytes are alone", "[views]") {
  const std::string text = "Ещё 5 ₽ и «код» 🐈!";
  const NumberedText numbered(text);
  for (std::size_t begin = 0; begin <= numbered.size(); ++begin) {
    for (std::size_t end = begin; end <= numbered.size(); ++end) {
      const Span bytes = numbered.bytes_of({.begin = begin, .end = end});
      const NumberedText part = numbered.part(bytes);
      const NumberedText alone(std::string_view(text).substr(bytes.begin, bytes.size()));
      CHECK(part.text() == alone.text());
      CHECK(characters_of(part) == characters_of(alone));
      CHECK(part.byte_of(part.size()) == bytes.size());
    }
  }
}

TEST_CASE("a letter or digit of a word is one in a numbered text, in any alphabet", "[views]") {
  const std::string text = "яZ5_é—.₽";
  const NumberedText numbered(text);
  for (std::size_t at = 0; at < numbered.size(); ++at) CHECK(numbered.is_word(at) == (at < 5));
}
