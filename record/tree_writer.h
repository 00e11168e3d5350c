#pragma once

#include <vector>

#include "record/json.h"
#include "record/json_writer.h"

namespace qanat::record {

/// Makes a tree of values.
class TreeWriter : public JsonWriter {
 public:
  /// The one value that was written.
  [[nodiscard]] Json take() { return std::move(root_); }

  void begin_object(std::size_t members) override;
  void end_object() override { close(); }
  void begin_list() override { open_.emplace_back(Json::array()); }
  void end_list() override { close(); }
  void key(std::string_view name) override { keys_.emplace_back(name); }
  void null() override { put(nullptr); }
  void boolean(bool value) override { put(value); }
  void integer(std::int64_t value) override { put(value); }
  void number(double value) override { put(value); }
  void text(std::string_view value) override { put(value); }

 private:
  void put(Json value);
  void close();

  Json root_;
  std::vector<Json> open_;         ///< containers, outermost first
  std::vector<std::string> keys_;  ///< each waits for its value
};

template <class T>
[[nodiscard]] Json json_of(const T& value) {
  TreeWriter tree;
  write(tree, value);
  return tree.take();
}

}  // namespace qanat::record
