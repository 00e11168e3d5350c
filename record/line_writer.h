#pragma once

#include <string>

#include "record/json_writer.h"

namespace qanat::record {

/// Appends a value to a text, as one line of JSON: the bytes that dump_line() gives for the same
/// value. Invalid UTF-8 is replaced.
class LineWriter : public JsonWriter {
 public:
  /// `out` is kept and must live as long.
  explicit LineWriter(std::string& out) : out_(&out) {}

  void begin_object(std::size_t members) override;
  void end_object() override { end('}'); }
  void begin_list() override { begin('['); }
  void end_list() override { end(']'); }
  void key(std::string_view name) override;
  void null() override { plain("null"); }
  void boolean(bool value) override { plain(value ? "true" : "false"); }
  void integer(std::int64_t value) override;
  void number(double value) override;
  void text(std::string_view value) override;

 private:
  void begin(char bracket);
  void end(char bracket);
  void plain(std::string_view value);
  void separate();

  std::string* out_;
  bool follows_ = false;  ///< a comma comes before the next value or key
};

}  // namespace qanat::record
