#pragma once

#include <cstdint>
#include <string>

#include "record/json.h"
#include "record/json_writer.h"

namespace qanat::test {

/// A tree of values, piece by piece.
inline void write_json(record::JsonWriter& out, const record::Json& json) {
  if (json.is_null()) out.null();
  if (json.is_boolean()) out.boolean(json.get<bool>());
  if (json.is_number_integer()) out.integer(json.get<std::int64_t>());
  if (json.is_number_float()) out.number(json.get<double>());
  if (json.is_string()) out.text(json.get_ref<const std::string&>());
  if (json.is_array()) {
    out.begin_list();
    for (const record::Json& value : json) write_json(out, value);
    out.end_list();
  }
  if (json.is_object()) {
    out.begin_object(1);
    for (const auto& [key, value] : json.items()) {
      out.key(key);
      write_json(out, value);
    }
    out.end_object();
  }
}

}  // namespace qanat::test
