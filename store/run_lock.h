#pragma once

#include <string>

#include "base/error.h"

namespace qanat::store {

/// The right to crawl for one database: one process at a time, so that together they ask no faster
/// than one would. Held from take() to the end of the object; the kernel frees it when the process
/// dies. Other commands need it for an upgrade alone (Store::open).
class RunLock {
 public:
  /// Locks "<store>.run-lock", a file beside the database (never the database itself: closing a
  /// second descriptor of it would drop SQLite's own locks).
  /// Errors: storage_busy, when another process crawls; storage, when the file cannot be made.
  static Result<RunLock> take(const std::string& store_path);

  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;
  ~RunLock();

 private:
  explicit RunLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace qanat::store
