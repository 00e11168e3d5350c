#include "store/verdict_writer.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/names.h"
#include "record/json.h"

namespace qanat::store {
namespace {

/// That of a hit of the whole post.
std::string_view role_of(HitEffect effect) {
  if (effect == HitEffect::counts) return "post";
  return effect == HitEffect::watches ? "shadow" : "vetoed";
}

/// Writes the hits of one verdict, numbered through.
class HitWriter {
 public:
  HitWriter(Database& database, std::int64_t verdict) : database_(&database), verdict_(verdict) {}

  Result<void> write(const RuleHit& hit,
                     std::string_view role,
                     std::optional<std::size_t> block = std::nullopt) {
    const auto begin = hit.span ? std::optional(hit.span->begin) : std::nullopt;
    const auto end = hit.span ? std::optional(hit.span->end) : std::nullopt;
    return database_->run(
        "INSERT INTO verdict_hit (verdict_id, position, rule, role, block, weight, place,"
        " span_begin, span_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        verdict_,
        position_++,
        hit.rule,
        role,
        block,
        hit.weight,
        hit.where,
        begin,
        end);
  }

 private:
  Database* database_;
  std::int64_t verdict_;
  std::int64_t position_ = 0;
};

}  // namespace

Result<void> VerdictWriter::put_in_force(std::int64_t post,
                                         std::int64_t revision,
                                         const Verdict& verdict,
                                         const Normalized& normalized) {
  const auto ruleset = ruleset_id(verdict.ruleset);
  if (!ruleset) return fail(ruleset.error());
  if (auto retired = retire(post); !retired) return retired;
  const std::string written = record::write_verdict(verdict);
  const auto returned = database_.value<std::int64_t>(
      "UPDATE verdict SET current = 1 WHERE id = (SELECT id FROM verdict"
      " WHERE post_id = ?1 AND revision = ?2 AND ruleset_id = ?3 AND verdict = ?4"
      " ORDER BY id DESC LIMIT 1) RETURNING id",
      post,
      revision,
      *ruleset,
      written);
  if (!returned) return fail(returned.error());
  if (*returned) {
    auto noted = database_.run(
        "INSERT INTO verdict_return (post_id, verdict_id, returned_at) VALUES (?1, ?2, ?3)",
        post,
        **returned,
        now_);
    return noted ? write_hits(**returned, verdict) : noted;
  }
  const auto id = insert(
      {.post = post, .revision = revision, .ruleset = *ruleset}, verdict, written, normalized);
  if (!id) return fail(id.error());
  return write_hits(*id, verdict);
}

/// The verdict itself tells its hits: rows of them are for those in force.
Result<void> VerdictWriter::retire(std::int64_t post) {
  auto deleted = database_.run(
      "DELETE FROM verdict_hit WHERE verdict_id ="
      " (SELECT id FROM verdict WHERE post_id = ?1 AND current = 1)",
      post);
  if (!deleted) return deleted;
  return database_.run("UPDATE verdict SET current = 0 WHERE post_id = ?1 AND current = 1", post);
}

Result<void> VerdictWriter::note_profile(std::int64_t post,
                                         const std::optional<std::string>& profile) {
  if (!profile) return database_.run("DELETE FROM judged_under WHERE post_id = ?1", post);
  return database_.run(
      "INSERT OR REPLACE INTO judged_under (post_id, ruleset_id, profile)"
      " SELECT post_id, ruleset_id, ?2 FROM verdict WHERE post_id = ?1 AND current = 1",
      post,
      *profile);
}

Result<std::int64_t> VerdictWriter::insert(const Judged& judged,
                                           const Verdict& verdict,
                                           const std::string& written,
                                           const Normalized& normalized) {
  const auto id = database_.value<std::int64_t>(
      "INSERT INTO verdict (post_id, revision, ruleset_id, judged_at, current, label, outcome,"
      " ad_probability, lang, title, question, answer, verdict)"
      " VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING id",
      judged.post,
      judged.revision,
      judged.ruleset,
      now_,
      name_of(verdict.label),
      name_of(verdict.outcome),
      verdict.ad_probability,
      normalized.lang,
      normalized.title,
      normalized.question,
      normalized.answer,
      written);
  if (!id) return fail(id.error());
  return id->value();
}

Result<void> VerdictWriter::write_hits(std::int64_t id, const Verdict& verdict) {
  HitWriter writer(database_, id);
  for (std::size_t i = 0; i < verdict.blocks.size(); ++i) {
    const BlockVerdict& block = verdict.blocks[i];
    const std::array<std::pair<std::string_view, const std::vector<RuleHit>*>, 4> roles = {{
        {"because", &block.because},
        {"against", &block.against},
        {"shadow", &block.shadow},
        {"vetoed", &block.vetoed},
    }};
    for (const auto& [role, hits] : roles) {
      for (const RuleHit& hit : *hits) {
        if (auto written = writer.write(hit, role, i); !written) return written;
      }
    }
  }
  for (const RuleHit& hit : verdict.post_hits) {
    if (auto written = writer.write(hit, role_of(hit.effect)); !written) return written;
  }
  return {};
}

Result<std::int64_t> VerdictWriter::ruleset_id(const std::string& fingerprint) {
  auto made = database_.run("INSERT INTO ruleset (fingerprint) VALUES (?1) ON CONFLICT DO NOTHING",
                            fingerprint);
  if (!made) return fail(made.error());
  const auto id =
      database_.value<std::int64_t>("SELECT id FROM ruleset WHERE fingerprint = ?1", fingerprint);
  if (!id) return fail(id.error());
  return id->value();
}

}  // namespace qanat::store
