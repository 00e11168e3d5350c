#include "random_rows.h"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace qanat::test {
namespace {

using exporting::Field;
using exporting::FieldType;
using record::Json;

constexpr std::array<std::string_view, 6> kNames = {"a", "b", "c", "d", "имя", "with space"};
constexpr std::array kLeaves = {
    FieldType::text, FieldType::integer, FieldType::number, FieldType::boolean, FieldType::moment};
constexpr std::array<std::string_view, 8> kWords = {
    "", "q", "вопрос", "\"quoted\"\n", "🔥👍", "null", "\xF4\x8F\xBF\xBF", "tab\t\\"};
constexpr std::int64_t kMostExact = (std::int64_t{1} << 53U) - 1;  // what JavaScript holds

std::vector<Field> fields_below(Random& random, int depth);

Field field_below(Random& random, std::string_view name, int depth) {
  Field out{.name = name, .type = random.pick(kLeaves), .nullable = random.one_in(2)};
  if (depth > 0 && random.one_in(3)) {
    out.type = FieldType::object;
    out.fields = fields_below(random, depth - 1);
  } else if (depth > 0 && random.one_in(3)) {
    out.type = FieldType::list;
    out.fields = {field_below(random, "element", depth - 1)};
  }
  return out;
}

std::vector<Field> fields_below(Random& random, int depth) {
  std::vector<Field> out(random.between<std::size_t>(1, kNames.size()));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = field_below(random, kNames[i], depth);
  return out;
}

std::string random_text(Random& random) {
  std::string out(random.pick(kWords));
  const std::uint64_t words = random.one_in(50) ? 200 : random.below(3);
  for (std::uint64_t i = 0; i < words; ++i) out += random.pick(kWords);
  return out;
}

Json random_list(Random& random, const Field& element);

Json random_value(Random& random, const Field& field) {
  if (field.nullable && random.one_in(3)) return nullptr;
  switch (field.type) {
    case FieldType::text: return random_text(random);
    case FieldType::integer:
      return random.one_in(2) ? random.between<std::int64_t>(-3, 3)
                              : random.between(-kMostExact, kMostExact);
    case FieldType::number:
      return static_cast<double>(random.between<std::int64_t>(-1'000'000, 1'000'000)) / 1e6;
    case FieldType::boolean: return random.one_in(2);
    case FieldType::moment:
      return format_instant(Instant(
          std::chrono::seconds(random.between<std::int64_t>(-2'000'000'000, 4'000'000'000))));
    case FieldType::object: return random_row(random, field.fields);
    case FieldType::list: break;
  }
  return random_list(random, field.fields.front());
}

Json random_list(Random& random, const Field& element) {
  Json out = Json::array();
  const std::uint64_t size = random.one_in(2) ? 0 : random.below(5);
  for (std::uint64_t i = 0; i < size; ++i) out.push_back(random_value(random, element));
  return out;
}

}  // namespace

std::vector<Field> random_fields(Random& random) { return fields_below(random, 3); }

Json random_row(Random& random, const std::vector<Field>& fields) {
  Json out = Json::object();
  for (const Field& field : fields) {
    out[std::string(field.name)] = random_value(random, field);
  }
  return out;
}

}  // namespace qanat::test
