#include "base/utf8.h"

#include "support/catch.h"

namespace utf8 = qanat::utf8;
using namespace std::string_literals;

TEST_CASE("an invalid byte becomes U+FFFD and nothing is dropped", "[utf8]") {
  CHECK(utf8::repaired("при\xFFвет") == "при\uFFFDвет");
  CHECK(utf8::repaired("\xD0") == "\uFFFD");                      // cut short
  CHECK(utf8::repaired("\xC0\xAF") == "\uFFFD\uFFFD");            // overlong '/'
  CHECK(utf8::repaired("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // a surrogate
  CHECK(utf8::repaired("\xF5\x80\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(utf8::repaired("👍 ё\0x"s) == "👍 ё\0x"s);
}

TEST_CASE("valid text is told from invalid text", "[utf8]") {
  CHECK(utf8::is_valid(""));
  CHECK(utf8::is_valid("вопрос 👨‍💻"));
  CHECK_FALSE(utf8::is_valid("вопрос\x80"));
}

TEST_CASE("every code point survives being written and read", "[utf8]") {
  for (const char32_t value : {U'a', U'я', U'€', U'\uFFFD', U'👍', U'\U0010FFFF'}) {
    std::string text;
    utf8::append(text, value);

    const utf8::CodePoint point = utf8::decode(text, 0);

    CHECK(point.value == value);
    CHECK(point.length == text.size());
    CHECK(point.valid);
  }
}

TEST_CASE("a byte leads back to where its character begins, and a text to its last one", "[utf8]") {
  const std::string text = "aж€😀";
  CHECK(utf8::start_of_character(text, 0) == 0);
  CHECK(utf8::start_of_character(text, 1) == 1);
  CHECK(utf8::start_of_character(text, 2) == 1);
  CHECK(utf8::start_of_character(text, 5) == 3);
  CHECK(utf8::start_of_character(text, 9) == 6);
  CHECK(utf8::start_of_character(text, text.size()) == text.size());
  CHECK(utf8::start_of_character("", 0) == 0);
  CHECK(utf8::start_of_last(text) == 6);
  CHECK(utf8::start_of_last("ж") == 0);
  CHECK(utf8::start_of_last("\x80\x80") == 0);
}

TEST_CASE("a text of any length has as many code points as are decoded", "[utf8]") {
  const std::string all = "aё€👍б\xD0\x80\xFF яяяяяяяяzzzzzzzzz\xE2\x82\xAC\x80";
  for (std::size_t begin = 0; begin < all.size(); ++begin) {
    for (std::size_t size = 0; begin + size <= all.size(); ++size) {
      const std::string text = all.substr(begin, size);
      std::size_t decoded = 0;
      for (std::size_t at = 0; at < text.size(); ++decoded) at += utf8::decode(text, at).length;
      CHECK(utf8::length(text) == decoded);
    }
  }
}

TEST_CASE("offsets count code points in JSON and bytes inside", "[utf8]") {
  const std::string text = "ё👍a";  // 2 + 4 + 1 bytes
  const utf8::OffsetMap map(text);

  CHECK(utf8::length(text) == 3);
  CHECK(map.to_code_points(0) == 0);
  CHECK(map.to_code_points(2) == 1);
  CHECK(map.to_code_points(6) == 2);
  CHECK(map.to_code_points(7) == 3);
  CHECK(map.to_bytes(1) == 2);
  CHECK(map.to_bytes(3) == 7);
  CHECK(map.to_bytes(99) == 7);
}
