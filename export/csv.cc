#include "export/csv.h"

#include <string_view>

#include "base/utf8.h"
#include "export/rows.h"
#include "export/text_file.h"

namespace qanat::exporting {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool must_be_quoted(std::string_view text) {
  return text.empty() || text.find_first_of(",\"\r\n") != std::string_view::npos;
}

/// Quotes are doubled.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
  return out;
}

std::string csv_text(const std::string& text) {
  return must_be_quoted(text) ? in_quotes(text) : text;
}

std::string csv_value(const record::Json& value) {
  if (value.is_null()) return {};
  if (!value.is_string()) return csv_text(record::dump_line(value));
  return csv_text(utf8::repaired(value.get_ref<const std::string&>()));
}

}  // namespace

std::string csv_header(const std::vector<Field>& fields) {
  std::string out;
  for (const Field& field : fields) {
    if (!out.empty()) out += ',';
    out += csv_text(std::string(field.name));
  }
  out += kLineEnd;
  return out;
}

std::string csv_line(const record::Json& row) {
  std::string out;
  for (const record::Json& value : row) {
    if (&value != &row.front()) out += ',';
    out += csv_value(value);
  }
  out += kLineEnd;
  return out;
}

Result<WrittenFile> write_csv(store::Store& store,
                              const Selection& selection,
                              const std::string& path) {
  auto file = TextFile::open(path);
  if (!file) return fail(file.error());
  if (auto begun = file->write(csv_header(record_fields())); !begun) return fail(begun.error());
  const auto written = for_each_row(store, selection, [&](const Record& record) {
    return file->write_row(csv_line(record::record_json(record)));
  });
  if (!written) return fail(written.error());
  return file->finish();
}

}  // namespace qanat::exporting
