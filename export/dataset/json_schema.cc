#include "export/dataset/json_schema.h"

#include <string>

namespace qanat::exporting {
namespace {

using record::Json;

Json object_schema(const std::vector<Field>& fields);

std::string_view json_type(FieldType type) {
  switch (type) {
    case FieldType::integer: return "integer";
    case FieldType::number: return "number";
    case FieldType::boolean: return "boolean";
    case FieldType::object: return "object";
    case FieldType::list: return "array";
    case FieldType::text:
    case FieldType::moment: break;
  }
  return "string";
}

Json choice_schema(const Field& field) {
  Json choices = field.choices;
  if (field.nullable) choices.push_back(nullptr);
  return {{"enum", std::move(choices)}};
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the table.
Json value_schema(const Field& field) {
  if (!field.choices.empty()) return choice_schema(field);
  Json out = field.type == FieldType::object ? object_schema(field.fields) : Json::object();
  const Json type = json_type(field.type);
  out["type"] = field.nullable ? Json::array({type, "null"}) : type;
  if (field.type == FieldType::moment) out["format"] = "date-time";
  if (field.type == FieldType::list) out["items"] = value_schema(field.fields.front());
  return out;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the table.
Json object_schema(const std::vector<Field>& fields) {
  Json required = Json::array();
  Json properties = Json::object();
  for (const Field& field : fields) {
    required.push_back(field.name);
    Json schema = value_schema(field);
    if (!field.meaning.empty()) schema["description"] = field.meaning;
    properties[std::string(field.name)] = std::move(schema);
  }
  return {{"type", "object"},
          {"additionalProperties", false},
          {"required", std::move(required)},
          {"properties", std::move(properties)}};
}

}  // namespace

Json json_schema(const std::vector<Field>& fields) {
  Json out = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}};
  out.update(object_schema(fields));
  return out;
}

}  // namespace qanat::exporting
