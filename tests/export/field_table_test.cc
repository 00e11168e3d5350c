#include "export/field_table.h"

#include <string>
#include <vector>

#include "record/json.h"
#include "support/catch.h"
#include "support/files.h"
#include "support/samples.h"
#include "table_agreement.h"

using namespace qanat;
using exporting::Field;
using exporting::record_fields;

namespace {

/// Every member of every object has a meaning; a list's element needs none.
void check_meanings(const std::vector<Field>& fields) {
  for (const Field& field : fields) {
    INFO(std::string(field.name));
    CHECK((field.name == "element") == field.meaning.empty());
    CHECK_FALSE(field.meaning.ends_with('.'));
    check_meanings(field.fields);
  }
}

}  // namespace

TEST_CASE("the field table is the record's schema, field by field", "[fields]") {
  const auto schema =
      record::Json::parse(test::read_file(QANAT_SOURCE_FOLDER "/docs/schema/post.schema.json"));

  test::check_agreement(test::without_meanings(record_fields()), test::fields_of_schema(schema));
}

TEST_CASE("every field has a meaning in words", "[fields]") { check_meanings(record_fields()); }

TEST_CASE("a record has the table's fields as keys, in its order", "[fields]") {
  const record::Json row = record::record_json(test::full_record());

  std::vector<std::string> keys;
  for (const auto& [key, value] : row.items()) keys.push_back(key);
  std::vector<std::string> names;
  for (const Field& field : record_fields()) names.emplace_back(field.name);

  CHECK(keys == names);
}
