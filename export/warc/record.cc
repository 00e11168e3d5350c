#include "export/warc/record.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/sha256.h"
#include "export/stable_uuid.h"
#include "export/warc/base32.h"

namespace qanat::exporting::warc {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

std::string digest_of(std::string_view bytes) {
  return "sha256:" + base32_of_hex(sha256_hex(bytes));
}

/// One line of a head.
std::string field(std::string_view name, std::string_view value) {
  std::string out(name);
  out += ": ";
  out += value;
  out += kLineEnd;
  return out;
}

std::string record_head(std::string_view type, const std::string& record_id, Instant date) {
  std::string out = "WARC/1.1\r\n";
  out += field("WARC-Type", type);
  out += field("WARC-Record-ID", "<" + record_id + ">");
  return out + field("WARC-Date", format_instant(date));
}

std::string with_block(std::string head, std::string_view type, std::string_view block) {
  head += field("WARC-Block-Digest", digest_of(block));
  head += field("Content-Type", type);
  head += field("Content-Length", std::to_string(block.size()));
  head += kLineEnd;
  head += block;
  return head + "\r\n\r\n";
}

/// Says how the body was packed on its way, which it no longer is.
bool describes_packing(std::string_view line) {
  constexpr std::array<std::string_view, 3> kNames = {
      "content-encoding", "transfer-encoding", "content-length"};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view field_name = line.substr(0, colon);
  return std::ranges::any_of(kNames, [field_name](std::string_view known) {
    return equal_without_case(field_name, known);
  });
}

}  // namespace

std::string payload_digest(const FetchedPage& page) {
  constexpr std::string_view kPrefix = "sha256:";
  return "sha256:" + base32_of_hex(std::string_view(page.snapshot).substr(kPrefix.size()));
}

std::string http_head(const FetchedPage& page) {
  std::string out;
  std::string_view rest = page.headers;
  if (!rest.starts_with("HTTP/")) out = "HTTP/1.1 " + std::to_string(page.status) + " \r\n";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (line.starts_with("HTTP/")) {
      // HTTP/2 has no reason phrase and no text form; readers of WARCs know HTTP/1.1.
      out += "HTTP/1.1" + std::string(line.substr(std::min(line.find(' '), line.size())));
    } else {
      if (describes_packing(line)) out += "X-Archive-Orig-";
      out += line;
    }
    out += kLineEnd;
  }
  out += field("Content-Length", std::to_string(page.body.size()));
  return out + std::string(kLineEnd);
}

std::string info_record(const std::string& file_name, Instant date, const std::string& software) {
  const std::string block = field("software", software) + field("format", "WARC File Format 1.1") +
                            field("conformsTo",
                                  "http://iipc.github.io/warc-specifications/specifications/"
                                  "warc-format/warc-1.1/");
  std::string head = record_head(
      "warcinfo", stable_uuid("warcinfo " + file_name + " " + format_instant(date)), date);
  head += field("WARC-Filename", file_name);
  return with_block(std::move(head), "application/warc-fields", block);
}

std::string response_record(const FetchedPage& page, const std::string& record_id) {
  std::string head = record_head("response", record_id, page.fetched_at);
  head += field("WARC-Target-URI", page.url);
  head += field("WARC-Payload-Digest", payload_digest(page));
  return with_block(
      std::move(head), "application/http;msgtype=response", http_head(page) + page.body);
}

std::string revisit_record(const FetchedPage& page,
                           const std::string& record_id,
                           const FirstFetch& first) {
  std::string head = record_head("revisit", record_id, page.fetched_at);
  head += field("WARC-Target-URI", page.url);
  head += field("WARC-Payload-Digest", payload_digest(page));
  head += field("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
  head += field("WARC-Refers-To", "<" + first.record_id + ">");
  head += field("WARC-Refers-To-Target-URI", first.url);
  head += field("WARC-Refers-To-Date", format_instant(first.fetched_at));
  return with_block(std::move(head), "application/http;msgtype=response", http_head(page));
}

}  // namespace qanat::exporting::warc
