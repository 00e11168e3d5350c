#include <array>

#include "store/schema.h"

namespace qanat::store {
namespace {

// A step is never changed once a database was made with it: add another behind it. A new database
// runs them all, so it is what an upgraded one is. docs/store.md tells how to write one.

// Moments are whole seconds since 1970 UTC. docs/store.md explains each table.
// Version 1.
constexpr const char* kFirstStore = R"sql(
CREATE TABLE channel (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  followed INTEGER NOT NULL CHECK (followed IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('fresh', 'live', 'no_preview', 'gone')),
  title TEXT NOT NULL DEFAULT '',
  username TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  photo_url TEXT NOT NULL DEFAULT '',
  verified INTEGER NOT NULL DEFAULT 0,
  has_preview INTEGER NOT NULL DEFAULT 0,
  numeric_id INTEGER,
  added_at INTEGER NOT NULL,
  last_visit_at INTEGER,
  last_success_at INTEGER,
  last_error TEXT NOT NULL DEFAULT '',
  next_due_at INTEGER,
  settled INTEGER
) STRICT;

CREATE TABLE channel_counter (
  channel_id INTEGER NOT NULL REFERENCES channel,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  value INTEGER,
  value_text TEXT NOT NULL,
  PRIMARY KEY (channel_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  planned INTEGER NOT NULL DEFAULT 0,
  fetched INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  deferred INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  fresh INTEGER NOT NULL DEFAULT 0,
  edited INTEGER NOT NULL DEFAULT 0,
  gaps INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE gap (
  channel_id INTEGER NOT NULL REFERENCES channel,
  low INTEGER NOT NULL,
  high INTEGER NOT NULL,
  cause TEXT NOT NULL,
  run_id INTEGER REFERENCES run,
  found_at INTEGER NOT NULL,
  PRIMARY KEY (channel_id, low, high),
  CHECK (low <= high)
) STRICT, WITHOUT ROWID;

CREATE TABLE fetch (
  id INTEGER PRIMARY KEY,
  run_id INTEGER REFERENCES run,
  channel_id INTEGER NOT NULL REFERENCES channel,
  fetched_at INTEGER NOT NULL,
  host TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  parser TEXT NOT NULL,
  posts INTEGER NOT NULL
) STRICT;

CREATE TABLE ruleset (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE post (
  id INTEGER PRIMARY KEY,
  channel_id INTEGER NOT NULL REFERENCES channel,
  message_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  content_sha256 TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  revision_fetch_id INTEGER NOT NULL REFERENCES fetch,
  last_fetch_id INTEGER NOT NULL REFERENCES fetch,
  published_at INTEGER,
  time_key INTEGER GENERATED ALWAYS AS (ifnull(published_at, -9000000000000)) VIRTUAL,
  edited INTEGER NOT NULL,
  kind TEXT NOT NULL,
  views INTEGER,
  url TEXT NOT NULL,
  text TEXT NOT NULL,
  search_text TEXT NOT NULL,
  details TEXT NOT NULL,
  UNIQUE (channel_id, message_id)
) STRICT;
CREATE INDEX post_by_time ON post (time_key, message_id, channel_id);

CREATE TABLE post_revision (
  post_id INTEGER NOT NULL REFERENCES post,
  revision INTEGER NOT NULL,
  content_sha256 TEXT NOT NULL,
  last_seen_at INTEGER NOT NULL,
  revision_fetch_id INTEGER NOT NULL REFERENCES fetch,
  last_fetch_id INTEGER NOT NULL REFERENCES fetch,
  text TEXT NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (post_id, revision)
) STRICT;

CREATE TABLE verdict (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES post,
  revision INTEGER NOT NULL,
  ruleset_id INTEGER NOT NULL REFERENCES ruleset,
  judged_at INTEGER NOT NULL,
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  label TEXT NOT NULL CHECK (label IN ('qa', 'ad', 'mixed', 'other')),
  outcome TEXT NOT NULL CHECK (outcome IN ('clean', 'stripped', 'ad_only', 'review')),
  ad_probability REAL NOT NULL,
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  verdict TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX verdict_current ON verdict (post_id) WHERE current = 1;
CREATE INDEX verdict_by_post ON verdict (post_id, revision, ruleset_id);
CREATE INDEX verdict_by_label ON verdict (label, outcome, post_id) WHERE current = 1;

CREATE TABLE verdict_hit (
  verdict_id INTEGER NOT NULL REFERENCES verdict,
  position INTEGER NOT NULL,
  rule TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('because', 'against', 'shadow', 'vetoed', 'post')),
  block INTEGER,
  weight INTEGER NOT NULL,
  place TEXT NOT NULL,
  span_begin INTEGER,
  span_end INTEGER,
  PRIMARY KEY (verdict_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_hit_by_rule ON verdict_hit (rule, verdict_id);

CREATE TABLE gate (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  next_at_ms INTEGER NOT NULL,
  rate REAL NOT NULL
) STRICT;

CREATE VIEW record AS
SELECT channel.name || '/' || post.message_id AS id, channel.name AS channel,
       post.message_id AS message_id, post.url AS url,
       datetime(post.published_at, 'unixepoch') AS published_at, post.kind AS kind,
       post.revision AS revision, post.views AS views, verdict.lang AS lang,
       verdict.label AS label, verdict.outcome AS outcome,
       verdict.ad_probability AS ad_probability, verdict.title AS title,
       verdict.question AS question, verdict.answer AS answer, post.text AS text,
       fetch.snapshot AS snapshot, ruleset.fingerprint AS ruleset
FROM post
JOIN channel ON channel.id = post.channel_id
JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1
JOIN ruleset ON ruleset.id = verdict.ruleset_id
JOIN fetch ON fetch.id = post.revision_fetch_id;

CREATE VIEW hit AS
SELECT channel.name || '/' || post.message_id AS id, verdict_hit.rule AS rule,
       verdict_hit.role AS role, verdict_hit.weight AS weight, verdict_hit.block AS block,
       verdict_hit.place AS place, verdict.label AS label, verdict.outcome AS outcome
FROM verdict_hit
JOIN verdict ON verdict.id = verdict_hit.verdict_id AND verdict.current = 1
JOIN post ON post.id = verdict.post_id
JOIN channel ON channel.id = post.channel_id;
)sql";

// The archive's version 1.
constexpr const char* kFirstArchive = R"sql(
CREATE TABLE body (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  frame BLOB NOT NULL
) STRICT;

CREATE TABLE fetch (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  url TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES body
) STRICT;
CREATE INDEX fetch_by_channel ON fetch (channel, fetched_at);
CREATE INDEX fetch_by_body ON fetch (sha256);
)sql";

// Version 2: which posts say the same (store/clusters.h).
constexpr const char* kClusters = R"sql(
CREATE TABLE near_duplicate (
  post_id INTEGER PRIMARY KEY REFERENCES post,
  cluster INTEGER NOT NULL REFERENCES post,
  words_sha256 TEXT NOT NULL,
  shingles BLOB NOT NULL
) STRICT;
CREATE INDEX near_duplicate_by_words ON near_duplicate (words_sha256);
CREATE INDEX near_duplicate_by_cluster ON near_duplicate (cluster);

CREATE TABLE near_duplicate_band (
  band INTEGER NOT NULL,
  post_id INTEGER NOT NULL REFERENCES post,
  PRIMARY KEY (band, post_id)
) STRICT, WITHOUT ROWID;

DROP VIEW record;
CREATE VIEW record AS
SELECT channel.name || '/' || post.message_id AS id, channel.name AS channel,
       post.message_id AS message_id, post.url AS url,
       datetime(post.published_at, 'unixepoch') AS published_at, post.kind AS kind,
       post.revision AS revision, post.views AS views, verdict.lang AS lang,
       verdict.label AS label, verdict.outcome AS outcome,
       verdict.ad_probability AS ad_probability, verdict.title AS title,
       verdict.question AS question, verdict.answer AS answer, post.text AS text,
       first_channel.name || '/' || first.message_id AS cluster,
       fetch.snapshot AS snapshot, ruleset.fingerprint AS ruleset
FROM post
JOIN channel ON channel.id = post.channel_id
JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1
JOIN ruleset ON ruleset.id = verdict.ruleset_id
JOIN fetch ON fetch.id = post.revision_fetch_id
LEFT JOIN near_duplicate ON near_duplicate.post_id = post.id
JOIN post AS first ON first.id = ifnull(near_duplicate.cluster, post.id)
JOIN channel AS first_channel ON first_channel.id = first.channel_id;
)sql";

// Version 3: the states and the pace of channels, deletions, runs that sum up. The views go first
// and come back last: they name tables that are rebuilt.
constexpr const char* kNights = R"sql(
DROP VIEW record;
DROP VIEW hit;

CREATE TABLE paced_channel (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  followed INTEGER NOT NULL CHECK (followed IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('fresh', 'live', 'slow', 'no_preview', 'restricted',
                                       'blocked', 'gone')),
  state_since INTEGER NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  username TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  photo_url TEXT NOT NULL DEFAULT '',
  verified INTEGER NOT NULL DEFAULT 0,
  has_preview INTEGER NOT NULL DEFAULT 0,
  numeric_id INTEGER,
  added_at INTEGER NOT NULL,
  last_visit_at INTEGER,
  last_success_at INTEGER,
  last_error TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  posts_per_day REAL,
  next_due_at INTEGER,
  settled INTEGER
) STRICT;
INSERT INTO paced_channel (id, name, followed, state, state_since, title, username, description,
  photo_url, verified, has_preview, numeric_id, added_at, last_visit_at, last_success_at,
  last_error, next_due_at, settled)
SELECT id, name, followed, state, ifnull(last_success_at, added_at), title, username, description,
  photo_url, verified, has_preview, numeric_id, added_at, last_visit_at, last_success_at,
  last_error, next_due_at, settled
FROM channel;
DROP TABLE channel;
ALTER TABLE paced_channel RENAME TO channel;
CREATE INDEX channel_by_due ON channel (next_due_at, name) WHERE followed = 1;

ALTER TABLE post ADD COLUMN absent_since INTEGER;
ALTER TABLE post ADD COLUMN deleted_at INTEGER;

ALTER TABLE run ADD COLUMN degraded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN restored INTEGER NOT NULL DEFAULT 0;

CREATE TABLE run_failure (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  channel_id INTEGER NOT NULL REFERENCES channel,
  at INTEGER NOT NULL,
  cause TEXT NOT NULL,
  error TEXT NOT NULL
) STRICT;
CREATE INDEX run_failure_by_run ON run_failure (run_id);

CREATE TABLE run_deferral (
  run_id INTEGER NOT NULL REFERENCES run,
  cause TEXT NOT NULL,
  visits INTEGER NOT NULL,
  PRIMARY KEY (run_id, cause)
) STRICT, WITHOUT ROWID;

CREATE VIEW record AS
SELECT channel.name || '/' || post.message_id AS id, channel.name AS channel,
       post.message_id AS message_id, post.url AS url,
       datetime(post.published_at, 'unixepoch') AS published_at,
       datetime(post.deleted_at, 'unixepoch') AS deleted_at, post.kind AS kind,
       post.revision AS revision, post.views AS views, verdict.lang AS lang,
       verdict.label AS label, verdict.outcome AS outcome,
       verdict.ad_probability AS ad_probability, verdict.title AS title,
       verdict.question AS question, verdict.answer AS answer, post.text AS text,
       first_channel.name || '/' || first.message_id AS cluster,
       fetch.snapshot AS snapshot, ruleset.fingerprint AS ruleset
FROM post
JOIN channel ON channel.id = post.channel_id
JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1
JOIN ruleset ON ruleset.id = verdict.ruleset_id
JOIN fetch ON fetch.id = post.revision_fetch_id
LEFT JOIN near_duplicate ON near_duplicate.post_id = post.id
JOIN post AS first ON first.id = ifnull(near_duplicate.cluster, post.id)
JOIN channel AS first_channel ON first_channel.id = first.channel_id;

CREATE VIEW hit AS
SELECT channel.name || '/' || post.message_id AS id, verdict_hit.rule AS rule,
       verdict_hit.role AS role, verdict_hit.weight AS weight, verdict_hit.block AS block,
       verdict_hit.place AS place, verdict.label AS label, verdict.outcome AS outcome
FROM verdict_hit
JOIN verdict ON verdict.id = verdict_hit.verdict_id AND verdict.current = 1
JOIN post ON post.id = verdict.post_id
JOIN channel ON channel.id = post.channel_id;
)sql";

// Version 4: labels of people. What they said stays: a change of mind is a further row.
constexpr const char* kLabels = R"sql(
CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES post,
  revision INTEGER NOT NULL,
  annotator TEXT NOT NULL CHECK (annotator <> ''),
  answer TEXT NOT NULL
    CHECK (answer IN ('qa', 'ad', 'mixed', 'other', 'cannot_tell', 'withdrawn')),
  spans TEXT NOT NULL,
  guideline TEXT NOT NULL,
  reason TEXT NOT NULL,
  round INTEGER,
  p_sample REAL CHECK (p_sample > 0 AND p_sample <= 1),
  labelled_at INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX label_by_post ON label (post_id, annotator, id);

CREATE TRIGGER label_is_never_changed BEFORE UPDATE ON label
BEGIN SELECT RAISE(ABORT, 'labels are never changed: write a new one'); END;
CREATE TRIGGER label_is_never_deleted BEFORE DELETE ON label
BEGIN SELECT RAISE(ABORT, 'labels are never deleted: write a new one'); END;

CREATE VIEW current_label AS
SELECT channel.name || '/' || post.message_id AS id, label.annotator AS annotator,
       label.answer AS answer, label.revision AS revision,
       label.revision = post.revision AS of_this_text, label.spans AS spans,
       label.guideline AS guideline, label.reason AS reason, label.round AS round,
       label.p_sample AS p_sample, datetime(label.labelled_at, 'unixepoch') AS labelled_at,
       label.note AS note
FROM label
JOIN post ON post.id = label.post_id
JOIN channel ON channel.id = post.channel_id
WHERE label.answer <> 'withdrawn' AND NOT EXISTS (
  SELECT 1 FROM label AS later
  WHERE later.post_id = label.post_id AND later.annotator = label.annotator
    AND later.id > label.id);
)sql";

// Version 5: what the crawler remembers of its hosts, so as to ask less of them.
constexpr const char* kManners = R"sql(
ALTER TABLE gate ADD COLUMN breaker_trips INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN robots_ignored INTEGER NOT NULL DEFAULT 0;

CREATE TABLE robots (
  host TEXT PRIMARY KEY,
  fetched_at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE page_version (
  url TEXT PRIMARY KEY,
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  snapshot TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Version 6: what later commits overwrote, so that an earlier moment can be read.
constexpr const char* kPast = R"sql(
CREATE TABLE verdict_return (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES post,
  verdict_id INTEGER NOT NULL REFERENCES verdict,
  returned_at INTEGER NOT NULL
) STRICT;
CREATE INDEX verdict_return_by_post ON verdict_return (post_id);

CREATE TABLE post_before (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES post,
  until INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  deleted_at INTEGER,
  details TEXT NOT NULL
) STRICT;
CREATE INDEX post_before_by_post ON post_before (post_id);

CREATE TABLE cluster_before (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES post,
  until INTEGER NOT NULL,
  cluster INTEGER
) STRICT;
CREATE INDEX cluster_before_by_post ON cluster_before (post_id);
)sql";

// Version 7: what was taken out for good. Labels go with a post that is.
constexpr const char* kRemovals = R"sql(
CREATE TABLE removal (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  message_id INTEGER,
  removed_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE UNIQUE INDEX removal_by_name ON removal (channel, ifnull(message_id, 0));
CREATE INDEX cluster_before_by_cluster ON cluster_before (cluster);

DROP TRIGGER label_is_never_deleted;
CREATE TRIGGER label_is_never_deleted BEFORE DELETE ON label
WHEN NOT EXISTS (
  SELECT 1 FROM post JOIN channel ON channel.id = post.channel_id
  JOIN removal ON removal.channel = channel.name
    AND (removal.message_id IS NULL OR removal.message_id = post.message_id)
  WHERE post.id = OLD.post_id)
BEGIN SELECT RAISE(ABORT, 'labels are never deleted: write a new one'); END;
)sql";

// Version 8: from when on the past is known.
constexpr const char* kPastLimit = R"sql(
CREATE TABLE past (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  known_since INTEGER NOT NULL
) STRICT;
)sql";

// Version 9: posts have fewer bands. Those of the older kind say nothing to the new: all posts are
// compared anew when the store is next opened to write.
constexpr const char* kFewerBands = R"sql(
DELETE FROM near_duplicate_band;
DELETE FROM near_duplicate;
)sql";

// Version 10: names that lead to another channel now, which a channel's number tells. Another table
// under the same name, so that the views and the trigger over it stay.
constexpr const char* kTakenNames = R"sql(
CREATE TABLE channel_before AS SELECT * FROM channel;
DROP TABLE channel;
CREATE TABLE channel (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  followed INTEGER NOT NULL CHECK (followed IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('fresh', 'live', 'slow', 'no_preview', 'restricted',
                                       'blocked', 'gone', 'taken')),
  state_since INTEGER NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  username TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  photo_url TEXT NOT NULL DEFAULT '',
  verified INTEGER NOT NULL DEFAULT 0,
  has_preview INTEGER NOT NULL DEFAULT 0,
  numeric_id INTEGER,
  added_at INTEGER NOT NULL,
  last_visit_at INTEGER,
  last_success_at INTEGER,
  last_error TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  posts_per_day REAL,
  next_due_at INTEGER,
  settled INTEGER
) STRICT;
INSERT INTO channel (id, name, followed, state, state_since, title, username, description,
  photo_url, verified, has_preview, numeric_id, added_at, last_visit_at, last_success_at,
  last_error, failures, posts_per_day, next_due_at, settled)
SELECT id, name, followed, state, state_since, title, username, description,
  photo_url, verified, has_preview, numeric_id, added_at, last_visit_at, last_success_at,
  last_error, failures, posts_per_day, next_due_at, settled
FROM channel_before;
DROP TABLE channel_before;
CREATE INDEX channel_by_due ON channel (next_due_at, name) WHERE followed = 1;
CREATE INDEX channel_by_numeric_id ON channel (numeric_id) WHERE numeric_id IS NOT NULL;
)sql";

// Version 11: under which rules and which profile of its channel a post's verdict in force was
// found last, so that the same are not asked again; and whether verdicts came into force since
// posts were compared: before, nobody knew.
constexpr const char* kJudgedUnder = R"sql(
CREATE TABLE judged_under (
  post_id INTEGER PRIMARY KEY REFERENCES post,
  ruleset_id INTEGER NOT NULL REFERENCES ruleset,
  profile TEXT NOT NULL
) STRICT;

CREATE TABLE clusters_outdated (
  id INTEGER PRIMARY KEY CHECK (id = 1)
) STRICT;
INSERT INTO clusters_outdated SELECT 1 WHERE EXISTS (SELECT 1 FROM post);
)sql";

// Version 12: a removal holds for the channel's number, whatever its name; names that lead to a
// channel that is stored under another one, or that was taken out; the names that a stored channel
// had before. Another table under the same name, as in version 10.
constexpr const char* kChannelIdentity = R"sql(
CREATE TABLE channel_before AS SELECT * FROM channel;
DROP TABLE channel;
CREATE TABLE channel (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  followed INTEGER NOT NULL CHECK (followed IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('fresh', 'live', 'slow', 'no_preview', 'restricted',
                                       'blocked', 'gone', 'taken', 'renamed', 'redacted')),
  state_since INTEGER NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  username TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  photo_url TEXT NOT NULL DEFAULT '',
  verified INTEGER NOT NULL DEFAULT 0,
  has_preview INTEGER NOT NULL DEFAULT 0,
  numeric_id INTEGER,
  added_at INTEGER NOT NULL,
  last_visit_at INTEGER,
  last_success_at INTEGER,
  last_error TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  posts_per_day REAL,
  next_due_at INTEGER,
  settled INTEGER
) STRICT;
INSERT INTO channel (id, name, followed, state, state_since, title, username, description,
  photo_url, verified, has_preview, numeric_id, added_at, last_visit_at, last_success_at,
  last_error, failures, posts_per_day, next_due_at, settled)
SELECT id, name, followed, state, state_since, title, username, description,
  photo_url, verified, has_preview, numeric_id, added_at, last_visit_at, last_success_at,
  last_error, failures, posts_per_day, next_due_at, settled
FROM channel_before;
DROP TABLE channel_before;
CREATE INDEX channel_by_due ON channel (next_due_at, name) WHERE followed = 1;
CREATE INDEX channel_by_numeric_id ON channel (numeric_id) WHERE numeric_id IS NOT NULL;

CREATE TABLE former_name (
  numeric_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  renamed_at INTEGER NOT NULL,
  PRIMARY KEY (numeric_id, name)
) STRICT, WITHOUT ROWID;

ALTER TABLE removal ADD COLUMN numeric_id INTEGER;
UPDATE removal SET numeric_id =
  (SELECT channel.numeric_id FROM channel WHERE channel.name = removal.channel);
DROP INDEX removal_by_name;
CREATE UNIQUE INDEX removal_by_name
  ON removal (channel, ifnull(message_id, 0), ifnull(numeric_id, 0));
CREATE INDEX removal_by_numeric_id ON removal (numeric_id) WHERE numeric_id IS NOT NULL;
)sql";

// Version 13: which page a post had been read from last, as of a moment.
constexpr const char* kLatestPages = R"sql(
ALTER TABLE post_before ADD COLUMN last_fetch_id INTEGER REFERENCES fetch;

DROP VIEW record;
CREATE VIEW record AS
SELECT channel.name || '/' || post.message_id AS id, channel.name AS channel,
       post.message_id AS message_id, post.url AS url,
       datetime(post.published_at, 'unixepoch') AS published_at,
       datetime(post.deleted_at, 'unixepoch') AS deleted_at, post.kind AS kind,
       post.revision AS revision, post.views AS views, verdict.lang AS lang,
       verdict.label AS label, verdict.outcome AS outcome,
       verdict.ad_probability AS ad_probability, verdict.title AS title,
       verdict.question AS question, verdict.answer AS answer, post.text AS text,
       first_channel.name || '/' || first.message_id AS cluster,
       fetch.snapshot AS snapshot, latest.snapshot AS last_snapshot,
       ruleset.fingerprint AS ruleset
FROM post
JOIN channel ON channel.id = post.channel_id
JOIN verdict ON verdict.post_id = post.id AND verdict.current = 1
JOIN ruleset ON ruleset.id = verdict.ruleset_id
JOIN fetch ON fetch.id = post.revision_fetch_id
JOIN fetch AS latest ON latest.id = post.last_fetch_id
LEFT JOIN near_duplicate ON near_duplicate.post_id = post.id
JOIN post AS first ON first.id = ifnull(near_duplicate.cluster, post.id)
JOIN channel AS first_channel ON first_channel.id = first.channel_id;
)sql";

// Version 14: what re-read a page that a run had fetched is that run's too; no run: an import.
constexpr const char* kFetchedByRuns = R"sql(
UPDATE fetch SET run_id = crawled.run_id
FROM (SELECT channel_id, snapshot, fetched_at, min(run_id) AS run_id FROM fetch
      WHERE run_id IS NOT NULL GROUP BY channel_id, snapshot, fetched_at) AS crawled
WHERE fetch.run_id IS NULL AND crawled.channel_id = fetch.channel_id
  AND crawled.snapshot = fetch.snapshot AND crawled.fetched_at = fetch.fetched_at;
)sql";

// Version 15: hits are rows for verdicts in force alone; nobody asked for the others. Nor for the
// posts of a label.
constexpr const char* kHitsInForce = R"sql(
DELETE FROM verdict_hit WHERE verdict_id IN (SELECT id FROM verdict WHERE current = 0);
DROP INDEX verdict_by_label;
)sql";

// The archive's version 2: pages whose bytes were taken out for good; their frame is empty.
constexpr const char* kErasedBodies = "ALTER TABLE body ADD COLUMN erased_at INTEGER;";

// The archive's version 3: the number of a page's channel, as far as the page tells it.
constexpr const char* kFetchedChannels = R"sql(
ALTER TABLE fetch ADD COLUMN numeric_id INTEGER;
CREATE INDEX fetch_by_numeric_id ON fetch (numeric_id) WHERE numeric_id IS NOT NULL;
)sql";

constexpr std::array kStoreSteps{kFirstStore,
                                 kClusters,
                                 kNights,
                                 kLabels,
                                 kManners,
                                 kPast,
                                 kRemovals,
                                 kPastLimit,
                                 kFewerBands,
                                 kTakenNames,
                                 kJudgedUnder,
                                 kChannelIdentity,
                                 kLatestPages,
                                 kFetchedByRuns,
                                 kHitsInForce};
constexpr std::array kArchiveSteps{kFirstArchive, kErasedBodies, kFetchedChannels};

}  // namespace

const Schema kStoreSchema{.application_id = 0x71616E74,  // "qant"
                          .noun = "qanat database",
                          .steps = kStoreSteps};
const Schema kArchiveSchema{.application_id = 0x71616E61,  // "qana"
                            .noun = "qanat archive",
                            .steps = kArchiveSteps};

}  // namespace qanat::store
