#include "export/parquet/shredder.h"

#include <chrono>
#include <stdexcept>
#include <string>

#include "base/instant.h"
#include "base/utf8.h"

namespace qanat::exporting::parquet {
namespace {

std::int64_t milliseconds(std::string_view moment) {
  const std::chrono::milliseconds since_epoch = parse_instant(moment).value().time_since_epoch();
  return since_epoch.count();
}

void require(bool fits, const Field& field) {
  if (!fits) {
    throw std::logic_error("`" + std::string(field.name) + "` of a row is of another type");
  }
}

[[noreturn]] void throw_lacks(const Field& field) {
  throw std::logic_error("a row lacks `" + std::string(field.name) + "` in its place");
}

}  // namespace

void Shredder::begin_object(std::size_t /*members*/) {
  if (open_.empty()) {
    column_ = 0;
    open_.push_back({.fields = *fields_});
  } else {
    begin(FieldType::object);
  }
}

void Shredder::begin_list() { begin(FieldType::list); }

void Shredder::begin(FieldType type) {
  auto [field, at] = next(type);
  const bool list = type == FieldType::list;
  if (field->nullable) ++at.defined;
  if (list) {
    ++at.defined;
    ++at.lists;
  }
  open_.push_back({.fields = field->fields, .inside = at, .list = list, .first_column = column_});
}

void Shredder::end_object() {
  const Container& object = open_.back();
  if (object.count < object.fields.size()) throw_lacks(object.fields[object.count]);
  open_.pop_back();
}

void Shredder::end_list() {
  const Container list = open_.back();
  open_.pop_back();
  if (list.count > 0) return;
  Levels at = list.inside;
  --at.defined;
  add_nothing(list.fields.front(), at);
}

void Shredder::key(std::string_view name) {
  Container& object = open_.back();
  if (object.count == object.fields.size()) {
    throw std::logic_error("a row has `" + std::string(name) + "`, which is no field");
  }
  const Field& field = object.fields[object.count++];
  if (field.name != name) throw_lacks(field);
}

Shredder::Place Shredder::next() {
  Container& container = open_.back();
  if (!container.list)
    return {.field = &container.fields[container.count - 1], .at = container.inside};
  column_ = container.first_column;
  if (container.count++ > 0) container.inside.repeated = container.inside.lists;
  return {.field = &container.fields.front(), .at = container.inside};
}

Shredder::Place Shredder::next(FieldType type) {
  const Place place = next();
  require(place.field->type == type, *place.field);
  return place;
}

void Shredder::null() {
  const auto [field, at] = next();
  require(field->nullable, *field);
  add_nothing(*field, at);
}

void Shredder::add_nothing(const Field& field, Levels at) {
  if (field.fields.empty()) next_column().add_nothing(at.repeated, at.defined);
  for (const Field& part : field.fields) add_nothing(part, at);
}

void Shredder::boolean(bool value) {
  const Levels at = next(FieldType::boolean).at;
  next_column().add_boolean(value, at.repeated);
}

void Shredder::integer(std::int64_t value) {
  const Levels at = next(FieldType::integer).at;
  next_column().add_integer(value, at.repeated);
}

void Shredder::number(double value) {
  const Levels at = next(FieldType::number).at;
  next_column().add_number(value, at.repeated);
}

void Shredder::text(std::string_view value) {
  const auto [field, at] = next();
  if (field->type == FieldType::moment) {
    next_column().add_integer(milliseconds(value), at.repeated);
    return;
  }
  require(field->type == FieldType::text, *field);
  next_column().add_text(utf8::is_valid(value) ? value : utf8::repaired(value), at.repeated);
}

}  // namespace qanat::exporting::parquet
