#include "classifier/pack_table.h"

#include <algorithm>

namespace qanat::classifier {

std::string TableReader::place(const toml::node& node) const {
  const auto& begin = node.source().begin;
  return path_ + ":" + std::to_string(begin.line) + ":" + std::to_string(begin.column);
}

std::string TableReader::where(std::string_view key) const {
  const toml::node* found = table_.get(key);
  return found == nullptr ? where() : place(*found);
}

const toml::node* TableReader::node(std::string_view key) {
  asked_.push_back(key);
  return table_.get(key);
}

void TableReader::wrong_type(const toml::node& node,
                             std::string_view key,
                             std::string_view wanted) {
  findings_.error(place(node),
                  "`" + std::string(key) + "` is not " + std::string(wanted),
                  "write " + std::string(wanted));
}

std::optional<Sourced> TableReader::text(std::string_view key) {
  const toml::node* found = node(key);
  if (found == nullptr) return std::nullopt;
  if (const auto value = found->value_exact<std::string>()) {
    return Sourced{.value = *value, .where = place(*found)};
  }
  wrong_type(*found, key, "a string");
  return std::nullopt;
}

std::string TableReader::text_or_empty(std::string_view key) {
  auto found = text(key);
  return found ? std::move(found->value) : std::string{};
}

std::vector<Sourced> TableReader::texts(std::string_view key) {
  const toml::node* found = node(key);
  if (found == nullptr) return {};
  if (const auto value = found->value_exact<std::string>()) {
    return {{.value = *value, .where = place(*found)}};
  }
  std::vector<Sourced> out;
  const toml::array* array = found->as_array();
  if (array == nullptr) {
    wrong_type(*found, key, "a list of strings");
    return out;
  }
  for (const toml::node& each : *array) {
    if (const auto value = each.value_exact<std::string>()) {
      out.push_back({.value = *value, .where = place(each)});
    } else {
      wrong_type(each, key, "a list of strings");
    }
  }
  return out;
}

std::vector<std::string> TableReader::plain_texts(std::string_view key) {
  std::vector<std::string> out;
  for (Sourced& each : texts(key)) out.push_back(std::move(each.value));
  return out;
}

std::optional<std::int64_t> TableReader::whole(std::string_view key) {
  const toml::node* found = node(key);
  if (found == nullptr) return std::nullopt;
  if (const auto value = found->value_exact<std::int64_t>()) return value;
  wrong_type(*found, key, "a whole number");
  return std::nullopt;
}

std::optional<std::int32_t> TableReader::weight(std::string_view key) {
  const auto value = whole(key);
  if (!value) return std::nullopt;
  const auto weight = as_weight(*value);
  if (!weight) {
    findings_.error(
        where(key), "a weight of " + std::to_string(*value), "milli-logits go " + weight_bounds());
  }
  return weight;
}

std::optional<bool> TableReader::flag(std::string_view key) {
  const toml::node* found = node(key);
  if (found == nullptr) return std::nullopt;
  if (const auto value = found->value_exact<bool>()) return value;
  wrong_type(*found, key, "true or false");
  return std::nullopt;
}

const toml::table* TableReader::table(std::string_view key) {
  const toml::node* found = node(key);
  if (found == nullptr) return nullptr;
  if (const toml::table* value = found->as_table()) return value;
  wrong_type(*found, key, "a table");
  return nullptr;
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) {
  const toml::node* found = node(key);
  if (found == nullptr) return {};
  std::vector<const toml::table*> out;
  const toml::array* array = found->as_array();
  if (array == nullptr) {
    wrong_type(*found, key, "a list of tables");
    return out;
  }
  for (const toml::node& each : *array) {
    if (const toml::table* value = each.as_table()) {
      out.push_back(value);
    } else {
      wrong_type(each, key, "a list of tables");
    }
  }
  return out;
}

void TableReader::finish(std::string_view what) {
  for (const auto& [key, value] : table_) {
    const std::string_view name = key.str();
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    const auto& begin = key.source().begin;
    findings_.error(path_ + ":" + std::to_string(begin.line) + ":" + std::to_string(begin.column),
                    "unknown field \"" + std::string(name) + "\" in " + std::string(what) +
                        did_you_mean(name, asked_),
                    "correct or remove it");
  }
}

std::optional<std::int32_t> as_weight(std::int64_t value) {
  if (value < -kLargestWeight || value > kLargestWeight) return std::nullopt;
  return static_cast<std::int32_t>(value);
}

std::string weight_bounds() {
  return "from -" + std::to_string(kLargestWeight) + " to " + std::to_string(kLargestWeight);
}

}  // namespace qanat::classifier
