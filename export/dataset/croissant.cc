#include "export/dataset/croissant.h"

#include <string>

#include "export/field_table.h"

namespace qanat::exporting {
namespace {

using record::Json;

constexpr const char* kFileSet = "parquet-files";
constexpr const char* kRecords = "posts";

/// The context that Croissant's specification prints.
Json context() {
  return {{"@language", "en"},
          {"@vocab", "https://schema.org/"},
          {"citeAs", "cr:citeAs"},
          {"column", "cr:column"},
          {"conformsTo", "dct:conformsTo"},
          {"cr", "http://mlcommons.org/croissant/"},
          {"data", {{"@id", "cr:data"}, {"@type", "@json"}}},
          {"dataType", {{"@id", "cr:dataType"}, {"@type", "@vocab"}}},
          {"dct", "http://purl.org/dc/terms/"},
          {"extract", "cr:extract"},
          {"field", "cr:field"},
          {"fileObject", "cr:fileObject"},
          {"fileSet", "cr:fileSet"},
          {"includes", "cr:includes"},
          {"jsonPath", "cr:jsonPath"},
          {"key", "cr:key"},
          {"rai", "http://mlcommons.org/croissant/RAI/"},
          {"recordSet", "cr:recordSet"},
          {"repeated", "cr:repeated"},
          {"sc", "https://schema.org/"},
          {"source", "cr:source"},
          {"subField", "cr:subField"},
          {"transform", "cr:transform"}};
}

const char* data_type(FieldType type) {
  switch (type) {
    case FieldType::integer: return "sc:Integer";
    case FieldType::number: return "sc:Float";
    case FieldType::boolean: return "sc:Boolean";
    case FieldType::moment: return "sc:DateTime";
    case FieldType::text:
    case FieldType::object:
    case FieldType::list: break;
  }
  return "sc:Text";
}

/// Where a field's values come from: a column, and a path into it for what is
/// below the top.
Json source_json(const std::string& column, const std::string& path) {
  Json out = {{"fileSet", {{"@id", kFileSet}}}, {"extract", {{"column", column}}}};
  if (!path.empty()) out["transform"] = {{"jsonPath", path}};
  return out;
}

std::string below(std::string place, std::string_view by, std::string_view name) {
  return place.append(by).append(name);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the table.
Json field_json(const Field& field,
                const std::string& id,
                const std::string& column,
                const std::string& path) {
  Json out = {{"@type", "cr:Field"}, {"@id", id}};
  if (!field.meaning.empty()) out["description"] = field.meaning;
  const Field* value = &field;
  std::string value_path = path;
  while (value->type == FieldType::list) {
    out["repeated"] = true;
    value = &value->fields.front();
    value_path += "[*]";
  }
  if (value->type != FieldType::object) {
    out["dataType"] = data_type(value->type);
    out["source"] = source_json(column, value_path);
    return out;
  }
  Json parts = Json::array();
  for (const Field& part : value->fields) {
    const std::string name(part.name);
    parts.push_back(field_json(part, below(id, "/", name), column, below(value_path, ".", name)));
  }
  out["subField"] = std::move(parts);
  return out;
}

Json record_set() {
  Json fields = Json::array();
  for (const Field& field : record_fields()) {
    const std::string name(field.name);
    fields.push_back(field_json(field, kRecords + std::string("/") + name, name, ""));
  }
  return {{"@type", "cr:RecordSet"},
          {"@id", kRecords},
          {"description", "A row a post"},
          {"key", {{"@id", kRecords + std::string("/id")}}},
          {"field", std::move(fields)}};
}

Json distribution(const DataSet& set) {
  Json out = Json::array();
  for (const DataPart& part : set.parts) {
    for (const DataFile& file : part.files) {
      out.push_back({{"@type", "cr:FileObject"},
                     {"@id", file.path},
                     {"name", file.path},
                     {"contentUrl", file.path},
                     {"contentSize", std::to_string(file.written.bytes) + " B"},
                     {"encodingFormat", "application/vnd.apache.parquet"},
                     {"sha256", file.written.sha256}});
    }
  }
  // In the folder of this description. "containedIn" would name archives that hold the files.
  out.push_back({{"@type", "cr:FileSet"},
                 {"@id", kFileSet},
                 {"name", kFileSet},
                 {"encodingFormat", "application/vnd.apache.parquet"},
                 {"includes", "data/*.parquet"}});
  return out;
}

std::string how_collected(const RowCounts& counts) {
  std::string pages =
      "Public preview pages of Telegram channels, fetched politely and kept with their hash";
  if (counts.imported == 0) return pages;
  if (counts.imported == counts.rows) return "Files that others saved, imported";
  return pages + "; files that others saved, imported";
}

}  // namespace

Json croissant(const DataSet& set) {
  return {{"@context", context()},
          {"@type", "sc:Dataset"},
          {"conformsTo", "http://mlcommons.org/croissant/1.0"},
          {"name", set.title},
          {"description", "Posts of Telegram channels, judged for advertising"},
          {"license", "Posts remain their authors' works"},
          {"rai:dataCollection", how_collected(set.counts)},
          {"rai:personalSensitiveInformation",
           "Posts may name people. Numbers, addresses and handles are only as "
           "clean as the "
           "manifest says"},
          {"distribution", distribution(set)},
          {"recordSet", Json::array({record_set()})}};
}

}  // namespace qanat::exporting
