#include "table_agreement.h"

#include <deque>
#include <string>

#include "support/catch.h"

namespace qanat::test {

using exporting::Field;
using exporting::FieldType;
using record::Json;

namespace {

class RowSchema {
 public:
  explicit RowSchema(const Json& root) : root_(root) {}

  [[nodiscard]] std::vector<Field> fields() const { return fields_of(root_); }

 private:
  [[nodiscard]] std::vector<Field> fields_of(const Json& object) const {
    std::vector<Field> out;
    for (const auto& [name, schema] : object["properties"].items()) {
      out.push_back(field(name, schema));
    }
    // Each is in every row.
    CHECK(object["required"].size() == out.size());
    return out;
  }

  [[nodiscard]] Field field(const std::string& name, const Json& schema) const {
    if (schema.contains("$ref")) return field(name, referred(schema["$ref"]));
    if (schema.contains("anyOf")) {
      CHECK(schema["anyOf"][1]["type"] == "null");
      return nullable(field(name, schema["anyOf"][0]));
    }
    if (schema.contains("enum")) return choice(name, schema["enum"]);
    if (schema.contains("const")) return choice(name, Json::array({schema["const"]}));
    if (schema["type"].is_array()) {
      CHECK(schema["type"][1] == "null");
      return nullable(of_type(name, schema["type"][0], schema));
    }
    return of_type(name, schema["type"], schema);
  }

  [[nodiscard]] Field of_type(const std::string& name,
                              const std::string& type,
                              const Json& schema) const {
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

  static bool is_moment(const Json& schema) {
    return schema.value("format", "") == "date-time" ||
           schema.value("pattern", "").ends_with("T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$");
  }

  [[nodiscard]] Field choice(const std::string& name, const Json& values) const {
    Field out{.name = kept(name)};
    for (const Json& value : values) {
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

  [[nodiscard]] const Json& referred(const std::string& reference) const {
    return root_.at(Json::json_pointer(reference.substr(1)));
  }

  /// Fields look at names that live as long as the program.
  static std::string_view kept(const std::string& text) {
    static std::deque<std::string> all;
    return all.emplace_back(text);
  }

  const Json& root_;
};

void check_field(const Field& mine, const Field& documented) {
  INFO(std::string(documented.name));
  CHECK(mine.name == documented.name);
  CHECK(mine.type == documented.type);
  CHECK(mine.nullable == documented.nullable);
  CHECK(mine.choices == documented.choices);
  check_agreement(mine.fields, documented.fields);
}

}  // namespace

std::vector<Field> fields_of_schema(const Json& schema) { return RowSchema(schema).fields(); }

std::vector<Field> without_meanings(std::vector<Field> fields) {
  for (Field& field : fields) {
    field.meaning = {};
    field.fields = without_meanings(std::move(field.fields));
  }
  return fields;
}

void check_agreement(const std::vector<Field>& mine, const std::vector<Field>& documented) {
  REQUIRE(mine.size() == documented.size());
  for (std::size_t i = 0; i < mine.size(); ++i) check_field(mine[i], documented[i]);
}

}  // namespace qanat::test
