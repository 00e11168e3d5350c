#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "export/field_table.h"
#include "export/parquet/thrift.h"

namespace qanat::exporting::parquet {

/// How a value lies in the file. The numbers are Parquet's.
enum class PhysicalType { boolean = 0, int64 = 2, binary64 = 5, byte_array = 6 };

[[nodiscard]] PhysicalType physical_type(FieldType type);

/// A column of the file: a field that has no parts. Objects and lists are in its levels.
struct Leaf {
  std::vector<std::string> path;  ///< from the root, with the groups that a list adds
  FieldType type = FieldType::text;
  std::uint8_t most_defined = 0;   ///< nullable fields and lists on the way to it
  std::uint8_t most_repeated = 0;  ///< lists on the way to it

  bool operator==(const Leaf&) const = default;
};

/// The columns of `fields`, in their order. A list is the group of three levels that the format
/// asks for: `name` (LIST), repeated `list`, `element`.
[[nodiscard]] std::vector<Leaf> leaves_of(const std::vector<Field>& fields);

/// The footer's list of schema elements, as its member `id`.
void write_schema(ThriftWriter& out, int id, const std::vector<Field>& fields);

}  // namespace qanat::exporting::parquet
