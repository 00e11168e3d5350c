#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "export/parquet/schema.h"

namespace qanat::exporting::parquet {

/// The values of one leaf column for the rows of one row group, with the levels that tell which
/// list, and which null, each belongs to.
class Column {
 public:
  explicit Column(Leaf leaf) : leaf_(std::move(leaf)) {}

  // One entry each; `repeated`: at which list it goes on, 0 when a row begins.
  void add_text(std::string_view value, std::uint8_t repeated);  ///< valid UTF-8
  void add_integer(std::int64_t value, std::uint8_t repeated);
  void add_number(double value, std::uint8_t repeated);
  void add_boolean(bool value, std::uint8_t repeated);
  /// Nothing is there; `defined`: how many of the nullable fields and lists on the way are.
  void add_nothing(std::uint8_t repeated, std::uint8_t defined);

  void clear();

  [[nodiscard]] const Leaf& leaf() const { return leaf_; }
  [[nodiscard]] PhysicalType type() const { return physical_type(leaf_.type); }
  /// Of every entry, nothings included.
  [[nodiscard]] const std::vector<std::uint8_t>& repetition() const { return repetition_; }
  [[nodiscard]] const std::vector<std::uint8_t>& definition() const { return definition_; }

  [[nodiscard]] std::size_t value_count() const { return value_count_; }
  /// A value as its bytes in Parquet's plain encoding, a text without its length. Valid until the
  /// column is next changed.
  [[nodiscard]] std::string_view value(std::size_t index) const;
  /// What holding all of it takes.
  [[nodiscard]] std::size_t bytes() const;

 private:
  void add_value(std::uint8_t repeated);

  Leaf leaf_;
  std::vector<std::uint8_t> repetition_;
  std::vector<std::uint8_t> definition_;
  std::string bytes_;
  std::vector<std::uint32_t> ends_;  ///< of texts in bytes_; other values have one size
  std::size_t value_count_ = 0;
};

}  // namespace qanat::exporting::parquet
