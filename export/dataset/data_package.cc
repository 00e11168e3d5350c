#include "export/dataset/data_package.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "export/field_table.h"

namespace qanat::exporting {
namespace {

using record::Json;

std::string_view package_type(FieldType type) {
  switch (type) {
    case FieldType::integer: return "integer";
    case FieldType::number: return "number";
    case FieldType::boolean: return "boolean";
    case FieldType::moment: return "datetime";
    case FieldType::object: return "object";
    case FieldType::list: return "array";
    case FieldType::text: break;
  }
  return "string";
}

Json table_schema() {
  Json fields = Json::array();
  for (const Field& field : record_fields()) {
    Json constraints = {{"required", !field.nullable}};
    if (!field.choices.empty()) constraints["enum"] = field.choices;
    fields.push_back({{"name", field.name},
                      {"type", package_type(field.type)},
                      {"description", field.meaning},
                      {"constraints", std::move(constraints)}});
  }
  return {{"fields", std::move(fields)}, {"primaryKey", Json::array({"id"})}};
}

/// Names in a package are lower case, of letters, digits and "-_.".
std::string package_name(std::string text) {
  std::ranges::transform(
      text, text.begin(), [](char c) { return is_ascii_word(c) || c == '.' ? lower(c) : '-'; });
  return text;
}

Json resource_json(const DataFile& file) {
  const std::string name = file.path.substr(file.path.rfind('/') + 1);
  return {{"name", package_name(name.substr(0, name.rfind('.')))},
          {"path", file.path},
          {"format", "parquet"},
          {"mediatype", "application/vnd.apache.parquet"},
          {"bytes", file.written.bytes},
          {"hash", "sha256:" + file.written.sha256},
          {"schema", table_schema()}};
}

Json license() { return {{"name", "other"}, {"title", "Posts remain their authors' works"}}; }

}  // namespace

Json data_package(const DataSet& set) {
  Json resources = Json::array();
  for (const DataPart& part : set.parts) {
    for (const DataFile& file : part.files) resources.push_back(resource_json(file));
  }
  return {{"name", package_name(set.title)},
          {"title", set.title},
          {"licenses", Json::array({license()})},
          {"resources", std::move(resources)}};
}

}  // namespace qanat::exporting
