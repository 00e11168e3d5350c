#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/post.h"
#include "base/verdict.h"

namespace qanat {

/// What the normalizer makes of a post and its verdict.
struct Normalized {
  std::string lang;      ///< "ru", "en" or "other"
  std::string title;     ///< a heading above the question, if there is one
  std::string question;  ///< empty when the post asks nothing
  std::string answer;    ///< the rest, without ads, signature and boilerplate

  bool operator==(const Normalized&) const = default;
};

/// Provenance::host of what was imported from a file that knows no address.
inline constexpr std::string_view kFileHost = "file";

/// The way back to the fetched bytes that showed a text first.
struct Provenance {
  std::string snapshot;  ///< "sha256:…" of the page's bytes in the archive
  Instant fetched_at;
  std::string host;
  std::string parser;   ///< version of the parser that read it
  std::string ruleset;  ///< decision fingerprint, "sha256:…"

  bool operator==(const Provenance&) const = default;
};

/// The page that a stored post was read from last. It shows the same text; what may change without
/// an edit (counters, media, previews, marks) is as it shows it.
struct LatestPage {
  std::string snapshot;  ///< as in Provenance
  Instant fetched_at;
  std::string host;
  std::string parser;

  bool operator==(const LatestPage&) const = default;
};

/// One post with its judgement and history: a row of the store and of every export.
struct Record {
  Post post;
  Verdict verdict;
  Normalized normalized;
  Instant first_seen_at;
  Instant last_seen_at;
  /// When it was first found missing, once that was confirmed; nothing while the channel shows it.
  std::optional<Instant> deleted_at;
  int revision = 1;            ///< counts the versions of its content (content_sha256) that we read
  std::string cluster;         ///< id of the near-duplicate cluster's representative
  std::string content_sha256;  ///< hex
  Provenance provenance;
  LatestPage latest;
  bool imported = false;  ///< one of these pages was fetched or saved by others
};

}  // namespace qanat
