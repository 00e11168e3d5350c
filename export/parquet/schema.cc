#include "export/parquet/schema.h"

#include <utility>

namespace qanat::exporting::parquet {
namespace {

// Of SchemaElement: members and their values.
constexpr int kRequired = 0;
constexpr int kOptional = 1;
constexpr int kRepeated = 2;
constexpr int kConvertedUtf8 = 0;
constexpr int kConvertedList = 3;
constexpr int kConvertedMillis = 9;

constexpr int kType = 1;
constexpr int kRepetition = 3;
constexpr int kName = 4;
constexpr int kChildren = 5;
constexpr int kConverted = 6;
constexpr int kLogical = 10;

std::int32_t repetition_of(const Field& field) { return field.nullable ? kOptional : kRequired; }

void collect_leaves(const Field& field, Leaf above, std::vector<Leaf>& out) {
  above.path.emplace_back(field.name);
  if (field.nullable) ++above.most_defined;
  if (field.type == FieldType::list) {
    above.path.emplace_back("list");
    ++above.most_defined;
    ++above.most_repeated;
  }
  if (field.fields.empty()) {
    above.type = field.type;
    out.push_back(std::move(above));
    return;
  }
  for (const Field& part : field.fields) collect_leaves(part, above, out);
}

std::size_t count_elements(const std::vector<Field>& fields) {
  std::size_t count = 0;
  for (const Field& field : fields) {
    count += 1 + (field.type == FieldType::list ? 1U : 0U) + count_elements(field.fields);
  }
  return count;
}

void write_group_tail(ThriftWriter& out, std::size_t children) {
  out.i32(kChildren, static_cast<std::int32_t>(children));
}

void write_logical_moment(ThriftWriter& out) {
  out.begin_struct(kLogical);
  out.begin_struct(8);   // TIMESTAMP
  out.boolean(1, true);  // in UTC
  out.begin_struct(2);
  out.empty_struct(1);  // milliseconds
  out.end_struct();
  out.end_struct();
  out.end_struct();
}

/// What tells text from bytes, and a moment from a number.
void write_meaning(ThriftWriter& out, FieldType type) {
  if (type == FieldType::text) {
    out.i32(kConverted, kConvertedUtf8);
    out.begin_struct(kLogical);
    out.empty_struct(1);  // STRING
    out.end_struct();
  }
  if (type == FieldType::moment) {
    out.i32(kConverted, kConvertedMillis);
    write_logical_moment(out);
  }
}

void write_list_groups(ThriftWriter& out, const Field& field) {
  out.begin_element();
  out.i32(kRepetition, repetition_of(field));
  out.binary(kName, field.name);
  write_group_tail(out, 1);
  out.i32(kConverted, kConvertedList);
  out.begin_struct(kLogical);
  out.empty_struct(3);  // LIST
  out.end_struct();
  out.end_struct();

  out.begin_element();
  out.i32(kRepetition, kRepeated);
  out.binary(kName, "list");
  write_group_tail(out, 1);
  out.end_struct();
}

void write_element(ThriftWriter& out, const Field& field) {
  if (field.type == FieldType::list) {
    write_list_groups(out, field);
  } else {
    out.begin_element();
    const bool is_leaf = field.type != FieldType::object;
    if (is_leaf) out.i32(kType, static_cast<std::int32_t>(physical_type(field.type)));
    out.i32(kRepetition, repetition_of(field));
    out.binary(kName, field.name);
    if (is_leaf) {
      write_meaning(out, field.type);
    } else {
      write_group_tail(out, field.fields.size());
    }
    out.end_struct();
  }
  for (const Field& part : field.fields) write_element(out, part);
}

}  // namespace

PhysicalType physical_type(FieldType type) {
  switch (type) {
    case FieldType::boolean: return PhysicalType::boolean;
    case FieldType::integer:
    case FieldType::moment: return PhysicalType::int64;
    case FieldType::number: return PhysicalType::binary64;
    case FieldType::text:
    case FieldType::object:
    case FieldType::list: break;
  }
  return PhysicalType::byte_array;
}

std::vector<Leaf> leaves_of(const std::vector<Field>& fields) {
  std::vector<Leaf> out;
  for (const Field& field : fields) collect_leaves(field, {}, out);
  return out;
}

void write_schema(ThriftWriter& out, int id, const std::vector<Field>& fields) {
  out.begin_struct_list(id, 1 + count_elements(fields));
  out.begin_element();
  out.binary(kName, "schema");
  write_group_tail(out, fields.size());
  out.end_struct();
  for (const Field& field : fields) write_element(out, field);
}

}  // namespace qanat::exporting::parquet
