#pragma once

#include <memory>

namespace qanat::test {

/// A disk between SQLite and the real one, for every database that this process opens while it
/// lives. It works until it is told to fail. One at a time; one thread.
class FaultyDisk {
 public:
  enum class Fault {
    full,     ///< a write finds no space
    writing,  ///< a write fails
    syncing,  ///< what was written does not reach the disk
  };

  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// After `operations` more of the kind that the fault concerns, all of them fail.
  void fail_after(int operations, Fault fault);
  /// There is space again.
  void mend();
  /// Whether anything has failed since fail_after().
  [[nodiscard]] bool has_failed() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace qanat::test
