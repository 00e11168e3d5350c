#include "export/dataset/card_header.h"

#include <array>
#include <string_view>
#include <utility>

#include "export/field_table.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

/// A text in YAML: JSON's strings are YAML's.
std::string yaml_text(std::string_view text) { return record::dump_line(record::Json(text)); }

std::string_view feature_type(FieldType type) {
  switch (type) {
    case FieldType::integer: return "int64";
    case FieldType::number: return "float64";
    case FieldType::boolean: return "bool";
    case FieldType::moment: return "timestamp[ms, tz=UTC]";
    case FieldType::text:
    case FieldType::object:
    case FieldType::list: break;
  }
  return "string";
}

void add_features(std::string& out, const std::vector<Field>& fields, std::size_t indent);

/// A feature's type: its name, or the members of an object on lines of their
/// own.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the table.
void add_type(std::string& out, const Field& field, std::size_t indent) {
  const std::string margin(indent, ' ');
  if (field.type == FieldType::list) {
    const Field& element = field.fields.front();
    // A list of lists would need a nested mapping; the record has none.
    if (element.type == FieldType::object) {
      out += margin + "list:\n";
      add_features(out, element.fields, indent);
    } else {
      out += margin + "list: " + std::string(feature_type(element.type)) + '\n';
    }
  } else if (field.type == FieldType::object) {
    out += margin + "struct:\n";
    add_features(out, field.fields, indent);
  } else {
    out += margin + "dtype: " + std::string(feature_type(field.type)) + '\n';
  }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the table.
void add_features(std::string& out, const std::vector<Field>& fields, std::size_t indent) {
  for (const Field& field : fields) {
    out += std::string(indent, ' ') + "- name: " + std::string(field.name) + '\n';
    add_type(out, field, indent + 2);
  }
}

/// The Hub's name for a number of rows.
std::string_view size_category(std::int64_t rows) {
  using Category = std::pair<std::int64_t, std::string_view>;
  constexpr std::array kCategories = {Category{1'000, "n<1K"},
                                      Category{10'000, "1K<n<10K"},
                                      Category{100'000, "10K<n<100K"},
                                      Category{1'000'000, "100K<n<1M"},
                                      Category{10'000'000, "1M<n<10M"},
                                      Category{100'000'000, "10M<n<100M"}};
  for (const auto& [end, name] : kCategories) {
    if (rows < end) return name;
  }
  return "100M<n<1B";
}

std::string languages(const RowCounts& counts) {
  std::string out;
  for (const auto& [lang, rows] : counts.langs) {
    if (lang != "other") out += "- " + lang + '\n';
  }
  return out.empty() ? "- und\n" : out;
}

std::string config_files(const DataSet& set) {
  std::string out = "configs:\n- config_name: default\n  default: true\n  data_files:\n";
  for (const DataPart& part : set.parts) {
    out += "  - split: " + part.name + "\n    path: data/" + part.name + "-*.parquet\n";
  }
  return out;
}

std::string split_sizes(const DataSet& set) {
  std::string out = "  splits:\n";
  std::int64_t bytes = 0;
  std::int64_t raw_bytes = 0;
  for (const DataPart& part : set.parts) {
    bytes += part.bytes();
    raw_bytes += part.raw_bytes();
    out += "  - name: " + part.name + "\n    num_bytes: " + std::to_string(part.raw_bytes()) +
           "\n    num_examples: " + std::to_string(part.rows()) + '\n';
  }
  return out + "  download_size: " + std::to_string(bytes) +
         "\n  dataset_size: " + std::to_string(raw_bytes) + '\n';
}

}  // namespace

std::string card_header(const DataSet& set) {
  std::string out = "---\npretty_name: " + yaml_text(set.title) + '\n';
  out += "license: other\nlicense_name: posts-remain-their-authors\nlanguage:\n";
  out += languages(set.counts);
  out += "task_categories:\n- question-answering\n- text-classification\n";
  out += "size_categories:\n- " + std::string(size_category(set.counts.rows)) + '\n';
  out += "tags:\n- telegram\n- advertising\n";
  out += config_files(set);
  out += "dataset_info:\n  features:\n";
  add_features(out, record_fields(), 2);
  out += split_sizes(set);
  return out + "---\n";
}

}  // namespace qanat::exporting
