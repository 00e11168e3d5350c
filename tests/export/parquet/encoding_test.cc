#include <string>

#include "export/parquet/dictionary.h"
#include "export/parquet/runs.h"
#include "export/parquet/statistics.h"
#include "export/parquet/thrift.h"
#include "support/catch.h"
#include "support/random.h"

using namespace qanat;
using namespace qanat::exporting::parquet;
using namespace std::string_literals;
using exporting::FieldType;

namespace {

/// Parquet's hybrid of runs, read as its specification says: at least `count` values of `width`
/// bits.
std::vector<std::uint32_t> read_runs(const std::string& bytes, std::size_t count, int width) {
  std::vector<std::uint32_t> out;
  std::size_t at = 0;
  const auto next = [&] { return static_cast<unsigned char>(bytes.at(at++)); };
  while (out.size() < count) {
    std::size_t header = 0;
    for (unsigned shift = 0, byte = 0x80; (byte & 0x80U) != 0; shift += 7) {
      byte = next();
      header |= std::size_t{byte & 0x7FU} << shift;
    }
    if ((header & 1U) == 0) {
      std::uint32_t value = 0;
      for (int bits = 0; bits < width; bits += 8) value |= std::uint32_t{next()} << bits;
      out.insert(out.end(), header >> 1U, value);
      continue;
    }
    std::uint32_t value = 0;
    const std::size_t values = (header >> 1U) * 8;
    for (std::size_t bit = 0; bit < values * static_cast<std::size_t>(width); ++bit) {
      if (bit % 8 == 0) (void)next();
      const auto byte = static_cast<unsigned char>(bytes[at - 1]);
      value |= (std::uint32_t{byte} >> (bit % 8) & 1U) << (bit % static_cast<std::size_t>(width));
      if ((bit + 1) % static_cast<std::size_t>(width) != 0) continue;
      out.push_back(std::exchange(value, 0));
    }
  }
  CHECK(at == bytes.size());
  return out;
}

Column texts(const std::vector<std::string>& values) {
  Column column({.path = {"a"}, .type = FieldType::text});
  for (const std::string& value : values) column.add_text(value, 0);
  return column;
}

}  // namespace

TEST_CASE("Thrift's compact protocol is written as its specification says", "[parquet]") {
  ThriftWriter out;
  out.i32(1, -1);
  out.boolean(2, true);
  out.binary(20, "ab");
  out.begin_i32_list(21, 2);
  out.element(1);
  out.element(300);
  out.begin_struct(22);
  out.i64(16, 1);
  out.end_struct();
  out.boolean(23, false);

  CHECK(std::move(out).finish() ==
        "\x15\x01"      // a step of 1, i32, zigzag of -1
        "\x11"          // a step of 1, true
        "\x08\x28\x02"  // too far for a step: binary, id 20 in zigzag, two bytes
        "ab"
        "\x19\x25\x02\xd8\x04"  // a list of two i32: 1 and 300
        "\x1c"                  // a struct, whose ids begin anew
        "\x06\x20\x02"          // i64, id 16
        "\0"                    // its end
        "\x12"                  // a step of 1 from 22, false
        "\0"s);
}

TEST_CASE("a long list has its size behind its head", "[parquet]") {
  ThriftWriter out;
  out.begin_i32_list(1, 15);
  for (int i = 0; i < 15; ++i) out.element(0);

  CHECK(std::move(out).finish() == "\x19\xf5\x0f"s + std::string(16, '\0'));
}

TEST_CASE("a value that is repeated takes two bytes", "[parquet]") {
  std::string out;
  append_runs(out, std::vector<std::uint32_t>(60, 5), 3);

  CHECK(out == "\x78\x05");
}

TEST_CASE("what runs hold is read back, whatever their lengths and width", "[parquet]") {
  test::Random random(7);
  for (int round = 0; round < 300; ++round) {
    const int width = random.between(1, 20);
    std::vector<std::uint32_t> values;
    for (std::uint64_t runs = random.below(12); runs > 0; --runs) {
      const auto value = static_cast<std::uint32_t>(random.below(1ULL << unsigned(width)));
      values.insert(values.end(), random.one_in(2) ? 1 : random.below(30), value);
    }
    std::string bytes;

    append_runs(bytes, values, width);

    const auto got = read_runs(bytes, values.size(), width);
    INFO(round);
    CHECK(std::equal(values.begin(), values.end(), got.begin()));
  }
}

TEST_CASE("few values that recur are written once each", "[parquet]") {
  const Column column = texts({"qa", "ad", "qa", "qa", "mixed", "ad", "qa", "qa", "qa", "qa"});

  const auto dictionary = dictionary_of(column);

  REQUIRE(dictionary);
  CHECK(dictionary->entries == std::vector<std::string_view>{"qa", "ad", "mixed"});
  CHECK(dictionary->codes == std::vector<std::uint32_t>{0, 1, 0, 0, 2, 1, 0, 0, 0, 0});
  CHECK(dictionary->width == 2);
}

TEST_CASE("values that do not recur have no dictionary", "[parquet]") {
  CHECK_FALSE(dictionary_of(texts({"a", "b", "c"})));
  CHECK_FALSE(dictionary_of(texts({})));
  // They recur, and are together too much for a page.
  std::vector<std::string> many;
  for (int i = 0; i < 3'000; ++i) many.push_back(std::string(1'000, 'x') + std::to_string(i / 2));
  CHECK_FALSE(dictionary_of(texts(many)));
}

TEST_CASE("statistics bound the values and count what is not there", "[parquet]") {
  Column column({.path = {"a"}, .type = FieldType::integer, .most_defined = 1});
  column.add_integer(7, 0);
  column.add_nothing(0, 0);
  column.add_integer(-7, 0);

  const Statistics statistics = statistics_of(column);

  CHECK(statistics.nulls == 1);
  REQUIRE(statistics.min);
  REQUIRE(statistics.max);
  CHECK(statistics.min->value == "\xf9\xff\xff\xff\xff\xff\xff\xff");
  CHECK(statistics.max->value == "\7\0\0\0\0\0\0\0"s);
}

TEST_CASE("a column without values has no bounds", "[parquet]") {
  const Statistics statistics = statistics_of(texts({}));

  CHECK_FALSE(statistics.min);
  CHECK_FALSE(statistics.max);
}

TEST_CASE("zero is bounded by both zeros", "[parquet]") {
  Column column({.path = {"a"}, .type = FieldType::number});
  column.add_number(0.0, 0);

  const Statistics statistics = statistics_of(column);

  CHECK(statistics.min->value == "\0\0\0\0\0\0\0\x80"s);
  CHECK(statistics.max->value == std::string(8, '\0'));
}

TEST_CASE("texts are bounded by the order of their bytes", "[parquet]") {
  const Statistics statistics = statistics_of(texts({"z", "я", "a"}));

  CHECK(statistics.min == Bound{.value = "a"});
  CHECK(statistics.max == Bound{.value = "я"});
}

TEST_CASE("a long text is bounded by short ones between whole characters", "[parquet]") {
  const std::string long_text = std::string(63, 'a') + "яя";

  const Statistics statistics = statistics_of(texts({long_text}));

  CHECK(statistics.min == Bound{.value = std::string(63, 'a'), .exact = false});
  CHECK(statistics.max == Bound{.value = std::string(62, 'a') + "b", .exact = false});
}

TEST_CASE("a bound that cannot be raised is raised further left, or left out", "[parquet]") {
  std::string last;  // the last of all code points, over and over
  for (int i = 0; i < 20; ++i) last += "\xF4\x8F\xBF\xBF";

  CHECK(statistics_of(texts({"a" + last})).max == Bound{.value = "b", .exact = false});
  CHECK_FALSE(statistics_of(texts({last})).max);
  // No code point lies between U+D7FF and U+E000.
  std::string before_surrogates;
  for (int i = 0; i < 40; ++i) before_surrogates += "\xED\x9F\xBF";
  CHECK(statistics_of(texts({before_surrogates})).max->value.ends_with("\xEE\x80\x80"));
}
