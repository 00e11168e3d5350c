#pragma once

#include <fstream>
#include <istream>
#include <memory>
#include <string>

#include "base/error.h"

namespace qanat::app {

/// A file, or standard input for "-", to be read line by line.
class Input {
 public:
  /// `in` outlives the object.
  explicit Input(std::istream& in) : stream_(&in), name_("standard input") {}
  Input(std::unique_ptr<std::ifstream> file, std::string name)
      : file_(std::move(file)), stream_(file_.get()), name_(std::move(name)) {}

  [[nodiscard]] std::istream& stream() const { return *stream_; }
  [[nodiscard]] const std::string& name() const { return name_; }  ///< for messages

 private:
  std::unique_ptr<std::ifstream> file_;
  std::istream* stream_;
  std::string name_;
};

/// Errors: usage, naming the file that cannot be opened.
Result<Input> open_input(const std::string& path, std::istream& in);

}  // namespace qanat::app
