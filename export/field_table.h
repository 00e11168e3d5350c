#pragma once

#include <string_view>
#include <vector>

namespace qanat::exporting {

enum class FieldType {
  text,     ///< UTF-8
  integer,  ///< 64 bits, signed
  number,   ///< a double
  boolean,
  moment,  ///< UTC, whole seconds; in JSON "2026-07-24T09:00:05Z"
  object,  ///< `fields` are its members
  list,    ///< `fields` is one: its element
};

/// A column of a data set, or a part of one.
struct Field {
  std::string_view name;
  FieldType type = FieldType::text;
  bool nullable = false;
  std::string_view meaning;               ///< a sentence for people, without the final period
  std::vector<std::string_view> choices;  ///< of a text that is one of few words; else empty
  std::vector<Field> fields;

  bool operator==(const Field&) const = default;
};

/// The record's fields (docs/schema/post.schema.json) in the order of its keys. What every format
/// says about its columns comes from here.
[[nodiscard]] const std::vector<Field>& record_fields();

}  // namespace qanat::exporting
