#include "export/parquet/shredder.h"

#include <chrono>
#include <stdexcept>
#include <string>

#include "base/instant.h"
#include "base/utf8.h"

namespace qanat::exporting::parquet {
namespace {

using record::Json;

/// Where a value stands (Dremel's levels).
struct Levels {
  std::uint8_t repeated = 0;  ///< the list that goes on with it; 0: a new row
  std::uint8_t defined = 0;   ///< nullable fields and lists above that are there
  std::uint8_t lists = 0;     ///< around it
};

std::int64_t milliseconds(const std::string& moment) {
  const std::chrono::milliseconds since_epoch = parse_instant(moment).value().time_since_epoch();
  return since_epoch.count();
}

/// One row. Calls give the column behind those of their field.
class Row {
 public:
  explicit Row(std::span<Column> columns) : columns_(columns) {}

  std::size_t add_members(const std::vector<Field>& fields,
                          const Json& object,
                          std::size_t column,
                          Levels at) {
    auto member = object.begin();
    for (const Field& field : fields) {
      if (member == object.end() || member.key() != field.name) {
        throw std::logic_error("a row lacks `" + std::string(field.name) + "` in its place");
      }
      column = add(field, *member++, column, at);
    }
    return column;
  }

 private:
  std::size_t add(const Field& field, const Json& value, std::size_t column, Levels at) {
    if (field.nullable) {
      if (value.is_null()) return add_nothing(field, column, at);
      ++at.defined;
    }
    if (field.type == FieldType::list) return add_list(field, value, column, at);
    if (field.type == FieldType::object) return add_members(field.fields, value, column, at);
    add_value(columns_[column], value, at.repeated);
    return column + 1;
  }

  std::size_t add_list(const Field& field, const Json& list, std::size_t column, Levels at) {
    if (!list.is_array()) {
      throw std::logic_error("`" + std::string(field.name) + "` is no list");
    }
    if (list.empty()) return add_nothing(field, column, at);
    ++at.defined;
    ++at.lists;
    std::size_t behind = column;
    for (const Json& element : list) {
      behind = add(field.fields.front(), element, column, at);
      at.repeated = at.lists;
    }
    return behind;
  }

  std::size_t add_nothing(const Field& field, std::size_t column, Levels at) {
    if (field.fields.empty()) {
      columns_[column].add_nothing(at.repeated, at.defined);
      return column + 1;
    }
    for (const Field& part : field.fields) column = add_nothing(part, column, at);
    return column;
  }

  static void add_value(Column& column, const Json& value, std::uint8_t repeated) {
    switch (column.leaf().type) {
      case FieldType::boolean: column.add_boolean(value.get<bool>(), repeated); break;
      case FieldType::integer: column.add_integer(value.get<std::int64_t>(), repeated); break;
      case FieldType::number: column.add_number(value.get<double>(), repeated); break;
      case FieldType::moment:
        column.add_integer(milliseconds(value.get_ref<const std::string&>()), repeated);
        break;
      case FieldType::text:
      case FieldType::object:
      case FieldType::list: add_text(column, value.get_ref<const std::string&>(), repeated); break;
    }
  }

  static void add_text(Column& column, const std::string& text, std::uint8_t repeated) {
    column.add_text(utf8::is_valid(text) ? text : utf8::repaired(text), repeated);
  }

  std::span<Column> columns_;
};

}  // namespace

void shred(const std::vector<Field>& fields, const Json& row, std::span<Column> columns) {
  Row(columns).add_members(fields, row, 0, {});
}

}  // namespace qanat::exporting::parquet
