#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "export/field_table.h"
#include "export/parquet/column.h"
#include "record/json_writer.h"

namespace qanat::exporting::parquet {

/// Adds the rows that are written to it to `columns`, which are those of leaves_of(fields). Each
/// row is an object with every field as a key, in their order, of its type: another one is a bug,
/// thrown as std::logic_error. Invalid UTF-8 is replaced. Both arguments must live as long.
class Shredder : public record::JsonWriter {
 public:
  Shredder(const std::vector<Field>& fields, std::span<Column> columns)
      : fields_(&fields), columns_(columns) {}

  void begin_object(std::size_t members) override;
  void end_object() override;
  void begin_list() override;
  void end_list() override;
  void key(std::string_view name) override;
  void null() override;
  void boolean(bool value) override;
  void integer(std::int64_t value) override;
  void number(double value) override;
  void text(std::string_view value) override;

 private:
  /// Where a value stands (Dremel's levels).
  struct Levels {
    std::uint8_t repeated = 0;  ///< the list that goes on with it; 0: a new row
    std::uint8_t defined = 0;   ///< nullable fields and lists above that are there
    std::uint8_t lists = 0;     ///< around it
  };

  /// An object or a list that has begun.
  struct Container {
    std::span<const Field> fields;  ///< an object's members, or a list's one element
    Levels inside;
    bool list = false;
    std::size_t first_column = 0;
    std::size_t count = 0;  ///< keys or elements so far
  };

  /// What is to be written next.
  struct Place {
    const Field* field = nullptr;
    Levels at;
  };

  Place next();
  /// The same, of a value of this type.
  Place next(FieldType type);
  void begin(FieldType type);
  Column& next_column() { return columns_[column_++]; }
  void add_nothing(const Field& field, Levels at);

  const std::vector<Field>* fields_;
  std::span<Column> columns_;
  std::vector<Container> open_;  ///< outermost first
  std::size_t column_ = 0;       ///< of the value that comes
};

}  // namespace qanat::exporting::parquet
