#include "importer/warc_reader.h"

#include <optional>
#include <set>
#include <utility>

#include "base/number.h"
#include "importer/gzip_reader.h"
#include "importer/http_answer.h"

namespace qanat::importer {
namespace {

constexpr std::size_t kLongestLine = std::size_t{64} * 1024;
constexpr std::size_t kLargestRecord = std::size_t{64} * 1024 * 1024;

/// A record's own headers.
struct RecordHead {
  std::string lines;
  std::size_t size = 0;  ///< of the block that follows
};

/// "<https://t.me/…>": some tools write addresses in angle brackets.
std::string without_brackets(std::string url) {
  if (url.starts_with('<') && url.ends_with('>')) return url.substr(1, url.size() - 2);
  return url;
}

/// "2026-07-24T09:00:05Z", also with a fraction of the second.
std::optional<Instant> moment_of(const std::string& date) {
  constexpr std::size_t kToSeconds = 19;
  return date.size() < kToSeconds ? std::nullopt : parse_instant(date.substr(0, kToSeconds) + "Z");
}

class WarcReading {
 public:
  WarcReading(std::istream& in,
              const std::function<bool(const std::string&)>& wants,
              const std::function<Result<void>(WarcPage)>& page)
      : in_(in), wants_(wants), page_(page) {}

  Result<WarcTally> read() {
    for (;;) {
      ++record_;
      auto head = next_head();
      if (!head) return fail(at_record(std::move(head.error())));
      if (!*head) return std::move(tally_);
      if (auto read = read_record(**head); !read) return fail(at_record(std::move(read.error())));
    }
  }

 private:
  [[nodiscard]] Error at_record(Error error) const {
    return std::move(error).within("record " + std::to_string(record_));
  }

  /// The lines up to an empty one.
  Result<std::string> header_lines() {
    std::string lines;
    for (std::string line;;) {
      const auto more = in_.line(line, kLongestLine);
      if (!more) return fail(more.error());
      if (!*more) return fail(Errc::usage, "the file ends inside a record's headers");
      if (line.empty()) return lines;
      lines += line + "\n";
    }
  }

  /// Nothing at the end of the file.
  Result<std::optional<RecordHead>> next_head() {
    std::string line;
    while (line.empty()) {
      const auto more = in_.line(line, kLongestLine);
      if (!more) return fail(more.error());
      if (!*more) return std::nullopt;
    }
    if (!line.starts_with("WARC/1.")) return fail(Errc::usage, "no WARC record begins here");
    auto lines = header_lines();
    if (!lines) return fail(lines.error());
    RecordHead head{.lines = *std::move(lines)};
    const auto size = read_number<std::size_t>(header_value(head.lines, "Content-Length"));
    if (!size) return fail(Errc::usage, "a record without a readable Content-Length");
    head.size = *size;
    return head;
  }

  Result<void> read_record(const RecordHead& head) {
    const std::string type = header_value(head.lines, "WARC-Type");
    const bool is_revisit = type == "revisit";
    if (!is_revisit && type != "response") {
      ++tally_.others;
      return in_.skip(head.size);
    }
    ++(is_revisit ? tally_.revisits : tally_.responses);
    const std::string url = without_brackets(header_value(head.lines, "WARC-Target-URI"));
    if (!wants_(url)) return in_.skip(head.size);
    const auto fetched_at = moment_of(header_value(head.lines, "WARC-Date"));
    if (!fetched_at || head.size > kLargestRecord) {
      tally_.unreadable.push_back(url + (fetched_at ? ": too large" : ": no readable date"));
      return in_.skip(head.size);
    }
    const auto block = in_.bytes(head.size);
    if (!block) return fail(block.error());
    const std::string digest = header_value(head.lines, "WARC-Payload-Digest");
    auto answer = is_revisit ? revisited(*block, digest) : read_http_answer(*block);
    if (!answer) {
      tally_.unreadable.push_back(url + ": " + answer.error().message);
      return {};
    }
    if (!is_revisit) digests_.insert(digest);
    return page_({.is_revisit = is_revisit,
                  .digest = digest,
                  .url = url,
                  .fetched_at = *fetched_at,
                  .status = answer->status,
                  .headers = std::move(answer->headers),
                  .body = std::move(answer->body)});
  }

  /// What a revisit says of the answer. Most tools write its head, some write nothing.
  [[nodiscard]] Result<HttpAnswer> revisited(std::string_view block,
                                             const std::string& digest) const {
    constexpr int kFound = 200;
    if (digest.empty() || !digests_.contains(digest)) {
      return fail(Errc::usage, "a revisit of a page that is not earlier in the file");
    }
    if (block.empty()) return HttpAnswer{.status = kFound};
    return read_http_head(block);
  }

  GzipReader in_;
  const std::function<bool(const std::string&)>& wants_;
  const std::function<Result<void>(WarcPage)>& page_;
  std::set<std::string> digests_;  ///< of the pages so far
  WarcTally tally_;
  int record_ = 0;
};

}  // namespace

Result<WarcTally> read_warc(std::istream& in,
                            const std::function<bool(const std::string& url)>& wants,
                            const std::function<Result<void>(WarcPage)>& page) {
  return WarcReading(in, wants, page).read();
}

}  // namespace qanat::importer
