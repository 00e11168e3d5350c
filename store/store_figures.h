#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/instant.h"

namespace qanat::store {

/// What a database holds, in a few numbers that cost little to read however large it is.
struct Figures {
  std::map<std::string, std::int64_t> channels;  ///< followed ones, by their state's name
  std::int64_t gaps = 0;
  std::optional<Instant> oldest_due;  ///< of the followed channels; nothing when there are none
  std::int64_t database_bytes = 0;
  std::int64_t log_bytes = 0;  ///< of the -wal beside it
};

/// Reads the figures over a connection of its own, so another thread may do it beside the Store's.
/// One thread at a time.
class FiguresReader {
 public:
  /// Errors: as Store::open for reading.
  static Result<FiguresReader> open(const std::string& path);

  FiguresReader(FiguresReader&&) noexcept;
  FiguresReader& operator=(FiguresReader&&) noexcept;
  FiguresReader(const FiguresReader&) = delete;
  FiguresReader& operator=(const FiguresReader&) = delete;
  ~FiguresReader();

  Result<Figures> read();

 private:
  struct Impl;
  explicit FiguresReader(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace qanat::store
