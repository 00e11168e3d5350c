#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "store/past_writer.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace qanat::store {

/// The page that posts are written from.
struct PostSource {
  std::int64_t channel = 0;
  std::int64_t fetch = 0;
  Instant fetched_at;
  /// Its posts were seen there just now; else the bytes of an earlier visit are read anew, which
  /// tells nothing of whether a post is still there.
  bool is_sight = true;
};

/// Writes a single post inside the caller's transaction. `database` outlives it.
class PostWriter {
 public:
  /// What the store holds of a post, and which revision of it.
  struct Known {
    std::int64_t post = 0;
    std::int64_t revision = 0;
    bool same = false;      ///< its content is the one at hand
    bool withheld = false;  ///< the store has no body of it
    bool deleted = false;   ///< it was taken for deleted
  };

  PostWriter(Database& database, const PostSource& source, Instant now)
      : database_(database), source_(source), past_(database, now), now_(now) {}

  Result<std::optional<Known>> find(const JudgedPost& judged);
  /// A post that the store does not have.
  Result<void> add(const JudgedPost& judged);
  /// One that it has: other content is a new revision with this verdict; all else follows the page.
  Result<void> update(const Known& known, const JudgedPost& judged);
  /// One that is still there, and of which the page tells no more than that.
  Result<void> keep_sight(const Known& known);

 private:
  Result<void> keep_order(std::int64_t post);
  Result<std::int64_t> insert(const JudgedPost& judged);
  Result<void> refresh(const Known& known, const JudgedPost& judged);
  Result<void> judge_again(std::int64_t post);
  Result<void> replace(const Known& known, const JudgedPost& judged);
  Result<void> follow_page(std::int64_t id, const Post& post, const std::string& details);
  Result<void> put_in_force(const Known& known, const JudgedPost& judged);
  Result<void> place(std::int64_t post, const JudgedPost& judged);

  Database& database_;
  PostSource source_;
  PastWriter past_;
  Instant now_;
};

}  // namespace qanat::store
