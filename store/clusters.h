#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "store/content_sketch.h"
#include "store/past_writer.h"
#include "store/sqlite.h"

namespace qanat::store {

/// Which posts say the same, inside the caller's transaction.
///
/// Two posts are joined when their words are equal, or when they share kNearDuplicate of their
/// shingles; a cluster is what such joins hold together. It is named by the post of it that the
/// store met first, so its name changes for two reasons only: a post joins it to an older cluster,
/// or the post that names it is edited away.
///
/// The work for one post is bounded: at most kBands × kBandDepth posts are compared with it, the
/// earliest of each band. Posts without a row stand alone.
class Clusters {
 public:
  /// `past` notes every other post that is moved; null: nobody does. Both outlive it.
  Clusters(Database& database, PastWriter* past) : database_(&database), past_(past) {}

  /// Puts a stored post where its content belongs; one that is there with the same content stays.
  Result<void> place(std::int64_t post, const ContentSketch& sketch);

  /// Takes a stored post out of its cluster.
  Result<void> leave(std::int64_t post);

  /// Places all posts anew, in the order in which the store met them.
  Result<void> rebuild();

 private:
  struct Row {
    std::int64_t cluster = 0;
    std::string words_sha256;
    std::vector<std::uint32_t> shingles;
  };

  Result<std::optional<Row>> row_of(std::int64_t post);
  Result<void> remove(std::int64_t post, const Row& row);
  Result<void> insert(std::int64_t post, const ContentSketch& sketch);
  Result<std::set<std::int64_t>> clusters_like(const ContentSketch& sketch);
  Result<std::set<std::int64_t>> posts_in_band(const ContentSketch& sketch);
  Result<void> merge(const std::set<std::int64_t>& clusters, std::int64_t post);
  Result<void> note_members(std::int64_t cluster, std::int64_t but);

  Database* database_;
  PastWriter* past_;
};

}  // namespace qanat::store
