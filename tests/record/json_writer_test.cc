#include <limits>

#include "record/json.h"
#include "record/line_writer.h"
#include "record/tree_writer.h"
#include "support/catch.h"
#include "support/random.h"
#include "support/written_json.h"

using namespace qanat;
using namespace qanat::record;

namespace {

std::string invented_text(test::Random& random) {
  static const std::vector<std::string> kPieces = {"a",
                                                   "ё",
                                                   "ten ascii.",
                                                   "\"",
                                                   "\\",
                                                   "\n",
                                                   "\t",
                                                   "\x01",
                                                   "\x1f",
                                                   "\x7f",
                                                   "/",
                                                   "\u2028",
                                                   "😀",
                                                   "\xFF",
                                                   "\xD0",
                                                   "\xE2\x80"};
  std::string text;
  while (!random.one_in(6)) text += random.pick(kPieces);
  return text;
}

/// Any text and number, and what lists and objects hold.
Json invented_json(test::Random& random, int depth) {
  using Limits = std::numeric_limits<std::int64_t>;
  switch (random.below(depth > 0 ? 8 : 6)) {
    case 0: return nullptr;
    case 1: return random.one_in(2);
    case 2: return random.one_in(2) ? Limits::min() : random.between<std::int64_t>(-9, 9);
    case 3: return random.one_in(2) ? Limits::max() : 0;
    case 4: return static_cast<double>(random.below(1'000'000)) / 1e6;
    case 5: return invented_text(random);
    case 6: {
      Json list = Json::array();
      while (!random.one_in(3)) list.push_back(invented_json(random, depth - 1));
      return list;
    }
    default: {
      Json object = Json::object();
      while (!random.one_in(3)) {
        object["\"key\" " + std::to_string(object.size())] = invented_json(random, depth - 1);
      }
      return object;
    }
  }
}

}  // namespace

TEST_CASE("a line that is written piece by piece has the JSON library's bytes", "[record]") {
  test::Random random(5);
  for (int i = 0; i < 3000; ++i) {
    const Json json = invented_json(random, 4);
    std::string line;
    LineWriter out(line);
    test::write_json(out, json);
    REQUIRE(line == json.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
}

TEST_CASE("a tree that is written piece by piece is the same value", "[record]") {
  test::Random random(6);
  for (int i = 0; i < 3000; ++i) {
    const Json json = invented_json(random, 4);
    TreeWriter out;
    test::write_json(out, json);
    REQUIRE(out.take() == json);
  }
}
