#include "store/clusters.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "record/json.h"
#include "store/store_impl.h"

namespace qanat::store {
namespace {

/// Posts of one band that are compared: a template that thousands share costs no more.
constexpr int kBandDepth = 32;
/// Posts that a rebuild reads at a time.
constexpr int kPostsPerBatch = 256;

/// Little-endian, four bytes each.
std::string to_bytes(std::span<const std::uint32_t> shingles) {
  std::string bytes;
  bytes.reserve(shingles.size() * sizeof(std::uint32_t));
  for (const std::uint32_t shingle : shingles) {
    for (unsigned shift = 0; shift < 32U; shift += 8U) {
      bytes.push_back(static_cast<char>((shingle >> shift) & 0xFFU));
    }
  }
  return bytes;
}

std::vector<std::uint32_t> from_bytes(std::string_view bytes) {
  std::vector<std::uint32_t> shingles(bytes.size() / sizeof(std::uint32_t));
  for (std::size_t i = 0; i < shingles.size() * sizeof(std::uint32_t); ++i) {
    const std::uint32_t byte = static_cast<unsigned char>(bytes[i]);
    shingles[i / sizeof(std::uint32_t)] |= byte << (8U * (i % sizeof(std::uint32_t)));
  }
  return shingles;
}

/// Lists of so different lengths cannot share enough.
bool may_be_alike(std::size_t a, std::size_t b) {
  const auto [least, most] = std::minmax(a, b);
  return static_cast<double>(least) >= kNearDuplicate * static_cast<double>(most);
}

struct StoredPost {
  std::int64_t id = 0;
  ContentSketch sketch;
};

}  // namespace

Result<void> Clusters::place(std::int64_t post, const ContentSketch& sketch) {
  const auto known = row_of(post);
  if (!known) return fail(known.error());
  if (*known) {
    const bool same = (*known)->words_sha256 == sketch.words_sha256;
    if (same) return {};
    if (auto removed = remove(post, **known); !removed) return removed;
  }
  if (sketch.words_sha256.empty()) return {};
  auto alike = clusters_like(sketch);
  if (!alike) return fail(alike.error());
  if (auto inserted = insert(post, sketch); !inserted) return inserted;
  alike->insert(post);
  return merge(*alike, post);
}

Result<void> Clusters::leave(std::int64_t post) {
  const auto known = row_of(post);
  if (!known) return fail(known.error());
  return *known ? remove(post, **known) : Result<void>();
}

Result<std::optional<Clusters::Row>> Clusters::row_of(std::int64_t post) {
  auto rows = database_->query(
      "SELECT cluster, words_sha256, shingles FROM near_duplicate WHERE post_id = ?1", post);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  return Row{.cluster = rows->get<std::int64_t>(0),
             .words_sha256 = rows->get<std::string>(1),
             .shingles = from_bytes(rows->view(2))};
}

/// What the post named is named by the earliest of the others.
Result<void> Clusters::remove(std::int64_t post, const Row& row) {
  auto removed = database_->run("DELETE FROM near_duplicate WHERE post_id = ?1", post);
  if (!removed) return removed;
  for (const std::int64_t band : bands_of(row.shingles)) {
    auto left = database_->run(
        "DELETE FROM near_duplicate_band WHERE band = ?1 AND post_id = ?2", band, post);
    if (!left) return left;
  }
  if (row.cluster != post) return {};
  if (auto noted = note_members(post, post); !noted) return noted;
  return database_->run(
      "UPDATE near_duplicate SET cluster ="
      " (SELECT min(post_id) FROM near_duplicate WHERE cluster = ?1) WHERE cluster = ?1",
      post);
}

Result<void> Clusters::insert(std::int64_t post, const ContentSketch& sketch) {
  auto inserted = database_->run(
      "INSERT INTO near_duplicate (post_id, cluster, words_sha256, shingles)"
      " VALUES (?1, ?1, ?2, ?3)",
      post,
      sketch.words_sha256,
      Blob{to_bytes(sketch.shingles)});
  if (!inserted) return inserted;
  for (const std::int64_t band : bands_of(sketch.shingles)) {
    auto placed = database_->run(
        "INSERT INTO near_duplicate_band (band, post_id) VALUES (?1, ?2)", band, post);
    if (!placed) return placed;
  }
  return {};
}

Result<std::set<std::int64_t>> Clusters::clusters_like(const ContentSketch& sketch) {
  std::set<std::int64_t> clusters;
  const auto equal = database_->value<std::int64_t>(
      "SELECT cluster FROM near_duplicate WHERE words_sha256 = ?1 ORDER BY post_id LIMIT 1",
      sketch.words_sha256);
  if (!equal) return fail(equal.error());
  if (*equal) clusters.insert(**equal);
  const auto candidates = posts_in_band(sketch);
  if (!candidates) return fail(candidates.error());
  for (const std::int64_t candidate : *candidates) {
    const auto row = row_of(candidate);
    if (!row) return fail(row.error());
    if (!*row || clusters.contains((*row)->cluster)) continue;
    const std::vector<std::uint32_t>& shingles = (*row)->shingles;
    if (!may_be_alike(shingles.size(), sketch.shingles.size())) continue;
    if (jaccard(shingles, sketch.shingles) >= kNearDuplicate) clusters.insert((*row)->cluster);
  }
  return clusters;
}

Result<std::set<std::int64_t>> Clusters::posts_in_band(const ContentSketch& sketch) {
  std::set<std::int64_t> posts;
  for (const std::int64_t band : bands_of(sketch.shingles)) {
    const auto found = database_->list(
        "SELECT post_id FROM near_duplicate_band WHERE band = ?1 ORDER BY post_id LIMIT ?2",
        [](const Rows& rows) -> Result<std::int64_t> { return rows.get<std::int64_t>(0); },
        band,
        kBandDepth);
    if (!found) return fail(found.error());
    posts.insert(found->begin(), found->end());
  }
  return posts;
}

Result<void> Clusters::note_members(std::int64_t cluster, std::int64_t but) {
  return past_ == nullptr ? Result<void>() : past_->note_members(cluster, but);
}

/// Into the oldest of them, because of a post that is in one.
Result<void> Clusters::merge(const std::set<std::int64_t>& clusters, std::int64_t post) {
  const std::int64_t into = *clusters.begin();
  for (const std::int64_t cluster : clusters) {
    if (cluster == into) continue;
    if (auto noted = note_members(cluster, post); !noted) return noted;
    auto merged =
        database_->run("UPDATE near_duplicate SET cluster = ?2 WHERE cluster = ?1", cluster, into);
    if (!merged) return merged;
  }
  return {};
}

Result<void> Clusters::rebuild() {
  auto cleared = database_->script(
      "DELETE FROM near_duplicate_band; DELETE FROM near_duplicate; DELETE FROM "
      "clusters_outdated;");
  if (!cleared) return cleared;
  const auto read = [this](const Rows& rows) -> Result<StoredPost> {
    auto verdict = record::read_verdict(rows.view(2));
    if (!verdict) return fail(Error{verdict.error()}.within(database_->path()));
    return StoredPost{.id = rows.get<std::int64_t>(0), .sketch = sketch_of(rows.view(1), *verdict)};
  };
  for (std::int64_t last = 0;;) {
    const auto posts = database_->list(
        "SELECT post.id, post.text, verdict.verdict FROM post"
        " JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1"
        " WHERE post.id > ?1 ORDER BY post.id LIMIT ?2",
        read,
        last,
        kPostsPerBatch);
    if (!posts) return fail(posts.error());
    if (posts->empty()) return {};
    for (const StoredPost& post : *posts) {
      if (auto placed = place(post.id, post.sketch); !placed) return placed;
    }
    last = posts->back().id;
  }
}

Result<void> Store::rebuild_clusters(Instant now) {
  auto transaction = Transaction::begin(impl_->database);
  if (!transaction) return fail(transaction.error());
  PastWriter past(impl_->database, now);
  if (auto begun = past.begin_moves(); !begun) return begun;
  if (auto rebuilt = Clusters(impl_->database, nullptr).rebuild(); !rebuilt) return rebuilt;
  if (auto noted = past.note_moves(); !noted) return noted;
  return transaction->commit();
}

Result<void> Store::update_clusters(Instant now) {
  const auto outdated =
      impl_->database.value<bool>("SELECT EXISTS (SELECT 1 FROM clusters_outdated)");
  if (!outdated) return fail(outdated.error());
  return outdated->value_or(false) ? rebuild_clusters(now) : Result<void>();
}

}  // namespace qanat::store
