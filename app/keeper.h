#pragma once

#include <string>

#include "base/error.h"
#include "store/snapshot_archive.h"
#include "store/store.h"

namespace qanat::app {

/// Where a visit leaves what it found.
class Keeper {
 public:
  Keeper() = default;
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  virtual ~Keeper() = default;

  /// Keeps the fetched bytes, before anything is parsed; gives their name.
  virtual Result<std::string> keep(const store::Snapshot& snapshot) = 0;
  virtual Result<store::PageCounts> keep(const store::PageCommit& page, Instant now) = 0;
  virtual Result<void> keep(const store::Unread& unread, Instant now) = 0;
  /// The host's name for what was archived: the page need not be sent again unchanged.
  virtual Result<void> keep(const std::string& url, const store::PageVersion& version) = 0;
};

/// Into the archive and the store.
class StoreKeeper final : public Keeper {
 public:
  StoreKeeper(store::SnapshotArchive& archive, store::Store& store)
      : archive_(archive), store_(store) {}

  /// Of a page that may show what was removed for good the archive gets no byte.
  Result<std::string> keep(const store::Snapshot& snapshot) override;
  Result<store::PageCounts> keep(const store::PageCommit& page, Instant now) override;
  Result<void> keep(const store::Unread& unread, Instant now) override;
  Result<void> keep(const std::string& url, const store::PageVersion& version) override;

 private:
  store::SnapshotArchive& archive_;
  store::Store& store_;
};

/// Nowhere: a dry run compares with the store and writes nothing.
class DryKeeper final : public Keeper {
 public:
  explicit DryKeeper(store::Store& store) : store_(store) {}

  Result<std::string> keep(const store::Snapshot& snapshot) override;
  Result<store::PageCounts> keep(const store::PageCommit& page, Instant now) override;
  Result<void> keep(const store::Unread& unread, Instant now) override;
  Result<void> keep(const std::string& url, const store::PageVersion& version) override;

 private:
  store::Store& store_;
};

}  // namespace qanat::app
