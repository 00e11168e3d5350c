#pragma once

#include <chrono>
#include <string>

#include "store/sqlite.h"

namespace qanat::test {

/// Another process that writes to a database, for as long as this lives.
class HeldDatabase {
 public:
  explicit HeldDatabase(const std::string& path)
      : database_(store::Database::open(
                      path, store::Database::Mode::read_write, std::chrono::milliseconds{0})
                      .value()),
        transaction_(store::Transaction::begin(database_).value()) {}

 private:
  store::Database database_;
  store::Transaction transaction_;
};

}  // namespace qanat::test
