#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/store.h"
#include "support/catch.h"
#include "support/samples.h"

/// Pages to keep, and results that must be there.
namespace qanat::test {

/// The value; fails the case with the error's words when there is none.
template <class T>
T must(Result<T> result) {
  if (!result) FAIL(result.error().message);
  return *std::move(result);
}
inline void must(const Result<void>& result) {
  if (!result) FAIL(result.error().message);
}

/// The error; fails the case when there is none.
template <class T>
Error error_of(const Result<T>& result) {
  if (result) FAIL("no error");
  return result.error();
}

/// For a store that must not be waited for.
inline constexpr std::chrono::milliseconds kNoPatience{0};

inline ChannelName channel(std::string_view name) { return ChannelName::parse(name).value(); }

inline const Instant kMonday = parse_instant("2026-07-20T02:00:00Z").value();
inline const Instant kTuesday = kMonday + std::chrono::days(1);

/// A clean verdict by ruleset "sha256:abc".
inline store::JudgedPost judged(Post post, Outcome outcome = Outcome::clean) {
  store::JudgedPost made{.post = std::move(post)};
  made.content_sha256 = content_sha256(made.post);
  made.verdict.label = outcome == Outcome::ad_only ? Label::ad : Label::qa;
  made.verdict.outcome = outcome;
  made.verdict.ruleset = "sha256:abc";
  made.normalized.lang = "ru";
  made.normalized.answer = made.post.text;
  return made;
}

inline store::JudgedPost judged(std::string_view name,
                                MessageId message,
                                std::string text,
                                Outcome outcome = Outcome::clean) {
  Post post = text_post(message, std::move(text));
  post.id.channel = channel(name);
  return judged(std::move(post), outcome);
}

inline store::PageCommit page(std::string_view name,
                              std::vector<store::JudgedPost> posts,
                              Instant fetched_at = kMonday) {
  return {.channel = channel(name),
          .provenance = {.snapshot = "sha256:def",
                         .fetched_at = fetched_at,
                         .host = "t.me",
                         .parser = "1",
                         .ruleset = "sha256:abc"},
          .posts = std::move(posts)};
}

inline constexpr int kPostsPerPage = 3;

/// The page of some_channel that follows `number` others, and settles it.
inline store::PageCommit numbered_page(std::int64_t number) {
  std::vector<store::JudgedPost> posts;
  for (int i = 1; i <= kPostsPerPage; ++i)
    posts.push_back(judged("some_channel", number * kPostsPerPage + i, "текст"));
  store::PageCommit commit = page("some_channel", std::move(posts));
  commit.settled = number;
  return commit;
}

/// A new store that follows some_channel.
inline store::Store new_store(const std::string& path) {
  store::Store made = must(store::Store::create(path));
  must(made.add_channel(channel("some_channel"), kMonday));
  return made;
}

/// The ids that a filter selects, in its order, as "channel/message".
inline std::vector<std::string> selected(store::Store& store, const store::RecordFilter& filter) {
  std::vector<std::string> ids;
  must(store.for_each(filter, [&](const Record& record) {
    ids.push_back(record.post.id.str());
    return true;
  }));
  return ids;
}

}  // namespace qanat::test
