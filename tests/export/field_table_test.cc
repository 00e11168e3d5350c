#include "export/field_table.h"

#include <deque>
#include <string>

#include <nlohmann/json.hpp>

#include "record/json.h"
#include "support/catch.h"
#include "support/files.h"
#include "support/samples.h"

using namespace qanat;
using exporting::Field;
using exporting::FieldType;
using exporting::record_fields;
using nlohmann::ordered_json;

namespace {

/// docs/schema/post.schema.json, read as a table of fields without their meanings.
class RecordSchema {
 public:
  RecordSchema()
      : root_(ordered_json::parse(
            test::read_file(QANAT_SOURCE_FOLDER "/docs/schema/post.schema.json"))) {}

  [[nodiscard]] std::vector<Field> fields() const { return fields_of(root_); }

 private:
  [[nodiscard]] std::vector<Field> fields_of(const ordered_json& object) const {
    std::vector<Field> out;
    for (const auto& [name, schema] : object["properties"].items()) {
      out.push_back(field(name, schema));
    }
    // Each is in every row.
    CHECK(object["required"].size() == out.size());
    return out;
  }

  [[nodiscard]] Field field(const std::string& name, const ordered_json& schema) const {
    if (schema.contains("$ref")) return field(name, referred(schema["$ref"]));
    if (schema.contains("anyOf")) {
      CHECK(schema["anyOf"][1]["type"] == "null");
      return nullable(field(name, schema["anyOf"][0]));
    }
    if (schema.contains("enum")) return choice(name, schema["enum"]);
    if (schema.contains("const")) return choice(name, ordered_json::array({schema["const"]}));
    if (schema["type"].is_array()) {
      CHECK(schema["type"][1] == "null");
      return nullable(of_type(name, schema["type"][0], schema));
    }
    return of_type(name, schema["type"], schema);
  }

  [[nodiscard]] Field of_type(const std::string& name,
                              const std::string& type,
                              const ordered_json& schema) const {
    Field out{.name = kept(name)};
    if (type == "integer") out.type = FieldType::integer;
    if (type == "number") out.type = FieldType::number;
    if (type == "boolean") out.type = FieldType::boolean;
    if (type == "string" && is_moment(schema)) out.type = FieldType::moment;
    if (type == "object") {
      out.type = FieldType::object;
      out.fields = fields_of(schema);
    }
    if (type == "array") {
      out.type = FieldType::list;
      out.fields = {field("element", schema["items"])};
    }
    return out;
  }

  static bool is_moment(const ordered_json& schema) {
    return schema.value("pattern", "").ends_with("T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$");
  }

  [[nodiscard]] Field choice(const std::string& name, const ordered_json& values) const {
    Field out{.name = kept(name)};
    for (const ordered_json& value : values) {
      if (value.is_null()) {
        out.nullable = true;
      } else {
        out.choices.push_back(kept(value.get<std::string>()));
      }
    }
    return out;
  }

  static Field nullable(Field field) {
    field.nullable = true;
    return field;
  }

  [[nodiscard]] const ordered_json& referred(const std::string& reference) const {
    return root_.at(ordered_json::json_pointer(reference.substr(1)));
  }

  /// Fields look at names that live as long as the program.
  static std::string_view kept(const std::string& text) {
    static std::deque<std::string> all;
    return all.emplace_back(text);
  }

  ordered_json root_;
};

std::vector<Field> without_meanings(std::vector<Field> fields) {
  for (Field& field : fields) {
    field.meaning = {};
    field.fields = without_meanings(std::move(field.fields));
  }
  return fields;
}

/// Every member of every object has a meaning; a list's element needs none.
void check_meanings(const std::vector<Field>& fields) {
  for (const Field& field : fields) {
    INFO(std::string(field.name));
    CHECK((field.name == "element") == field.meaning.empty());
    CHECK_FALSE(field.meaning.ends_with('.'));
    check_meanings(field.fields);
  }
}

void check_agreement(const Field& mine, const Field& documented) {
  INFO(std::string(documented.name));
  CHECK(mine.name == documented.name);
  CHECK(mine.type == documented.type);
  CHECK(mine.nullable == documented.nullable);
  CHECK(mine.choices == documented.choices);
  REQUIRE(mine.fields.size() == documented.fields.size());
  for (std::size_t i = 0; i < mine.fields.size(); ++i) {
    check_agreement(mine.fields[i], documented.fields[i]);
  }
}

}  // namespace

TEST_CASE("the field table is the record's schema, field by field", "[fields]") {
  const std::vector<Field> documented = RecordSchema().fields();

  const std::vector<Field> mine = without_meanings(record_fields());

  REQUIRE(mine.size() == documented.size());
  for (std::size_t i = 0; i < mine.size(); ++i) check_agreement(mine[i], documented[i]);
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
