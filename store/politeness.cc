#include "store/store.h"
#include "store/store_impl.h"

// What the crawler must remember of its hosts.
namespace qanat::store {

Result<std::optional<SavedGate>> Store::gate() {
  auto rows = impl_->database.query("SELECT next_at_ms, rate, breaker_trips FROM gate");
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  return SavedGate{.next_at_ms = rows->get<std::int64_t>(0),
                   .rate = rows->get<double>(1),
                   .breaker_trips = rows->get<int>(2)};
}

Result<void> Store::keep_gate(const SavedGate& gate) {
  return impl_->database.run(
      "INSERT INTO gate (id, next_at_ms, rate, breaker_trips) VALUES (1, ?1, ?2, ?3)"
      " ON CONFLICT (id) DO UPDATE SET next_at_ms = excluded.next_at_ms, rate = excluded.rate,"
      " breaker_trips = excluded.breaker_trips",
      gate.next_at_ms,
      gate.rate,
      gate.breaker_trips);
}

Result<std::optional<SavedRobots>> Store::robots(const std::string& host) {
  auto rows =
      impl_->database.query("SELECT fetched_at, status, body FROM robots WHERE host = ?1", host);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  return SavedRobots{.fetched_at = rows->get<Instant>(0),
                     .status = rows->get<int>(1),
                     .body = rows->get<std::string>(2)};
}

Result<void> Store::keep_robots(const std::string& host, const SavedRobots& robots) {
  return impl_->database.run(
      "INSERT INTO robots (host, fetched_at, status, body) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (host) DO UPDATE SET fetched_at = excluded.fetched_at,"
      " status = excluded.status, body = excluded.body",
      host,
      robots.fetched_at,
      robots.status,
      Blob{robots.body});
}

Result<std::optional<PageVersion>> Store::page_version(const std::string& url) {
  auto rows = impl_->database.query(
      "SELECT etag, last_modified, snapshot FROM page_version WHERE url = ?1", url);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return std::nullopt;
  return PageVersion{.etag = rows->get<std::string>(0),
                     .last_modified = rows->get<std::string>(1),
                     .snapshot = rows->get<std::string>(2)};
}

Result<void> Store::keep_page_version(const std::string& url, const PageVersion& version) {
  return impl_->database.run(
      "INSERT INTO page_version (url, etag, last_modified, snapshot) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (url) DO UPDATE SET etag = excluded.etag,"
      " last_modified = excluded.last_modified, snapshot = excluded.snapshot",
      url,
      version.etag,
      version.last_modified,
      version.snapshot);
}

}  // namespace qanat::store
