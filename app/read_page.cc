#include "app/read_page.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "crawler/page_url.h"
#include "parser/charset.h"
#include "parser/page.h"
#include "parser/shown_channel.h"

namespace qanat::app {
namespace {

/// The value of the header; empty when there is none.
std::string_view content_type_of(std::string_view headers) {
  constexpr std::string_view kName = "\ncontent-type:";
  const auto found = std::ranges::search(headers, kName, {}, lower);
  if (found.empty()) return {};
  const std::string_view rest(found.end(), headers.end());
  return rest.substr(0, rest.find_first_of("\r\n"));
}

Result<ReadPage> archive_and_parse(World& world,
                                   const ChannelName& channel,
                                   const crawler::Answer& answer) {
  const Instant fetched_at = world.clock.now();
  auto snapshot =
      world.keeper.keep(store::Snapshot{.channel = channel,
                                        .url = answer.url,
                                        .fetched_at = fetched_at,
                                        .status = answer.status,
                                        .headers = answer.headers,
                                        .body = answer.body,
                                        .shown = parser::find_shown_channel(answer.body)});
  if (!snapshot) return fail(std::move(snapshot.error()).within("archive"));
  const std::string charset = parser::charset_in(content_type_of(answer.headers));
  if (!parser::is_readable_charset(charset)) {
    return fail(Errc::markup,
                answer.url + ": the page is encoded in " + charset +
                    ", and only UTF-8 is supported; its bytes are archived as " + *snapshot);
  }
  auto page = world.reader.parse(answer.body);
  if (!page) return fail(std::move(page.error()).within("parse " + answer.url));
  if (!page->complete) {
    return fail(
        Errc::markup,
        "parse " + answer.url + ": the page ends early; it is fetched again on the next visit");
  }
  return ReadPage{.page = *std::move(page),
                  .provenance = {.snapshot = *std::move(snapshot),
                                 .fetched_at = fetched_at,
                                 .host = crawler::host_of(answer.url),
                                 .parser = std::string(parser::kParserVersion),
                                 .ruleset = world.classifier.fingerprint()}};
}

/// Remembers the host's name for the bytes that were archived, if it gave one.
Result<void> keep_version(World& world, const crawler::Answer& answer, const ReadPage& read) {
  if (answer.status != 200 || answer.validators.empty()) return {};
  return world.keeper.keep(answer.url,
                           {.etag = answer.validators.etag,
                            .last_modified = answer.validators.last_modified,
                            .snapshot = read.provenance.snapshot});
}

}  // namespace

Result<ReadPage> read_page(World& world,
                           const ChannelName& channel,
                           std::optional<MessageId> before) {
  auto answer = world.fetcher.preview(channel, before);
  if (answer && crawler::leads_to_landing(answer->location, channel)) {
    answer = world.fetcher.landing(channel);
  }
  if (!answer) return fail(std::move(answer.error()).within("fetch"));
  if (!answer->location.empty()) {
    return fail(Errc::http_status,
                "fetch: " + answer->url + " redirects to " + answer->location +
                    ", which is not a page of the channel");
  }
  auto read = archive_and_parse(world, channel, *answer);
  if (read && !before) {
    auto kept = keep_version(world, *answer, *read);
    if (!kept) return fail(std::move(kept.error()).within("store"));
  }
  return read;
}

}  // namespace qanat::app
