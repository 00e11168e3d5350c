#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "classifier/lint.h"
#include "classifier/rule.h"

namespace qanat::classifier {

/// Reads one TOML table key by key: a value of the wrong type, and at the end every key that nobody
/// asked for, becomes a finding with its place.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string_view path, Findings& findings)
      : table_(table), path_(path), findings_(findings) {}

  [[nodiscard]] std::optional<Sourced> text(std::string_view key);
  /// The text; empty when the key is missing.
  [[nodiscard]] std::string text_or_empty(std::string_view key);
  /// A list of strings, or one string.
  [[nodiscard]] std::vector<Sourced> texts(std::string_view key);
  [[nodiscard]] std::vector<std::string> plain_texts(std::string_view key);
  [[nodiscard]] std::optional<std::int64_t> whole(std::string_view key);
  /// Milli-logits; more than kLargestWeight either way is a finding.
  [[nodiscard]] std::optional<std::int32_t> weight(std::string_view key);
  [[nodiscard]] std::optional<bool> flag(std::string_view key);
  /// Null when the key is missing.
  [[nodiscard]] const toml::table* table(std::string_view key);
  /// A list of tables; empty when the key is missing.
  [[nodiscard]] std::vector<const toml::table*> tables(std::string_view key);
  /// Any value, for keys of several types.
  [[nodiscard]] const toml::node* node(std::string_view key);
  /// The key is known and says nothing to the program (`origin`).
  void ignore(std::string_view key) { (void)node(key); }

  /// Complains of unknown keys. Last call.
  void finish(std::string_view what);

  /// Where the table begins, or the key's value.
  [[nodiscard]] std::string where() const { return place(table_); }
  [[nodiscard]] std::string where(std::string_view key) const;
  [[nodiscard]] std::string place(const toml::node& node) const;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Findings& findings() { return findings_; }

 private:
  void wrong_type(const toml::node& node, std::string_view key, std::string_view wanted);

  const toml::table& table_;
  std::string path_;
  Findings& findings_;
  std::vector<std::string_view> asked_;
};

/// `value` as milli-logits; nothing when it is more than kLargestWeight either way.
[[nodiscard]] std::optional<std::int32_t> as_weight(std::int64_t value);
/// "from -10000 to 10000"
[[nodiscard]] std::string weight_bounds();

}  // namespace qanat::classifier
