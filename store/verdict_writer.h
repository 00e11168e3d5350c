#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.h"
#include "base/record.h"
#include "base/verdict.h"
#include "store/sqlite.h"

namespace qanat::store {

/// Writes judgements inside the caller's transaction. `database` outlives it.
class VerdictWriter {
 public:
  VerdictWriter(Database& database, Instant now) : database_(database), now_(now) {}

  /// Puts a judgement of a revision in force; earlier ones of the post stay. One that the same
  /// ruleset has reached before comes back; when the channel's profile has changed since, the
  /// ruleset may reach another.
  Result<void> put_in_force(std::int64_t post,
                            std::int64_t revision,
                            const Verdict& verdict,
                            const Normalized& normalized);

  /// Under which profile of its channel a post's verdict in force was found, by its rules; nothing:
  /// nobody knows.
  Result<void> note_profile(std::int64_t post, const std::optional<std::string>& profile);

 private:
  /// What is judged, and by which rules.
  struct Judged {
    std::int64_t post = 0;
    std::int64_t revision = 0;
    std::int64_t ruleset = 0;
  };

  Result<void> retire(std::int64_t post);
  Result<std::int64_t> ruleset_id(const std::string& fingerprint);
  Result<std::int64_t> insert(const Judged& judged,
                              const Verdict& verdict,
                              const std::string& written,
                              const Normalized& normalized);
  Result<void> write_hits(std::int64_t id, const Verdict& verdict);

  Database& database_;
  Instant now_;
};

}  // namespace qanat::store
