#include "crawler/curl_transport.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <curl/curl.h>

#include "crawler/page_url.h"
#include "crawler/transfer.h"

namespace qanat::crawler {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct Cleanup {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// The encodings we are willing to decode, as far as this libcurl can.
std::string accepted_encodings() {
  struct Encoding {
    int feature;
    std::string_view name;
  };
  constexpr std::array kEncodings = {
      Encoding{.feature = CURL_VERSION_LIBZ, .name = "gzip"},
      Encoding{.feature = CURL_VERSION_BROTLI, .name = "br"},
      Encoding{.feature = CURL_VERSION_ZSTD, .name = "zstd"},
  };
  const int features = curl_version_info(CURLVERSION_NOW)->features;
  std::string names;
  for (const auto& [feature, name] : kEncodings) {
    if ((features & feature) == 0) continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names.empty() ? "identity" : names;
}

std::string_view cause_of(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL: return "the scheme is not allowed";
    case CURLE_URL_MALFORMAT: return "the URL is malformed";
    case CURLE_COULDNT_RESOLVE_PROXY: return "the proxy's name does not resolve";
    case CURLE_COULDNT_RESOLVE_HOST: return "the name does not resolve";
    case CURLE_COULDNT_CONNECT: return "cannot connect";
    case CURLE_OPERATION_TIMEDOUT: return "timed out";
    case CURLE_PARTIAL_FILE: return "the body was truncated";
    case CURLE_GOT_NOTHING: return "closed without an answer";
    case CURLE_WEIRD_SERVER_REPLY: return "the answer is not HTTP";
    case CURLE_BAD_CONTENT_ENCODING: return "the compressed body is damaged";
    case CURLE_SSL_CONNECT_ERROR: return "the TLS handshake failed";
    case CURLE_PEER_FAILED_VERIFICATION: return "the TLS certificate is not valid";
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return "the connection was lost";
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return "the HTTP/2 stream broke";
    default: return "the transfer failed";
  }
}

std::string words_for(CURLcode code, const Transfer& transfer) {
  const bool ours = code == CURLE_WRITE_ERROR || code == CURLE_COULDNT_CONNECT ||
                    code == CURLE_ABORTED_BY_CALLBACK;
  if (ours && !transfer.refusal().empty()) return transfer.refusal();
  std::string words(cause_of(code));
  const std::string_view detail = transfer.curl_detail();
  words += " (";
  words += detail.empty() ? curl_easy_strerror(code) : detail;
  words += ")";
  return words;
}

std::optional<seconds> retry_after_of(CURL* handle) {
  curl_off_t named = 0;
  curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &named);
  if (named <= 0) return std::nullopt;
  return std::clamp(seconds{named}, seconds{1}, seconds{hours{6}});
}

/// Of the last answer; empty when it has no such header, or one too long to send back.
std::string header_of(CURL* handle, const char* name) {
  constexpr std::size_t kLongest = 1024;
  constexpr int kLastAnswer = -1;
  curl_header* header = nullptr;
  if (curl_easy_header(handle, name, 0, CURLH_HEADER, kLastAnswer, &header) != CURLHE_OK) return {};
  const std::string_view value = header->value;
  return value.size() > kLongest ? std::string() : std::string(value);
}

bool curl_ready() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  return code == CURLE_OK;
}

}  // namespace

struct CurlTransport::Impl {
  explicit Impl(const CurlOptions& options)
      : transfer({.body = options.max_body,
                  .headers = options.max_headers,
                  .private_addresses = options.allow_private_addresses || !options.proxy.empty()}),
        handle(curl_easy_init()) {}

  [[nodiscard]] Result<void> configure(const CurlOptions& options) const;
  void configure_limits(const CurlOptions& options) const;
  [[nodiscard]] bool set_request_headers(const Validators& unless);

  Transfer transfer;
  std::unique_ptr<CURL, Cleanup> handle;  // declared after what its callbacks touch
  std::unique_ptr<curl_slist, Cleanup> request_headers;
  bool last_failed = false;
};

void CurlTransport::Impl::configure_limits(const CurlOptions& options) const {
  CURL* curl = handle.get();
  curl_easy_setopt(
      curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options.total_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 100L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_MAXLIFETIME_CONN, 900L);  // so that a DNS change is noticed
}

Result<void> CurlTransport::Impl::configure(const CurlOptions& options) const {
  CURL* curl = handle.get();
  const char* schemes = options.allow_private_addresses ? "http,https" : "https";
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  // Nobody waits for the thread that asks a silent name server: it ends by itself, in its own time.
  curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl,
                   CURLOPT_HTTP_VERSION,
                   options.http1_only ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS);
  configure_limits(options);
  if (curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, schemes) != CURLE_OK ||
      curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, accepted_encodings().c_str()) != CURLE_OK) {
    return fail(Errc::network, "libcurl has no HTTPS: install Debian's libcurl4");
  }
  if (curl_easy_setopt(curl, CURLOPT_USERAGENT, options.user_agent.c_str()) != CURLE_OK) {
    return fail(Errc::config, "libcurl rejects the user agent: " + options.user_agent);
  }
  if (curl_easy_setopt(curl, CURLOPT_PROXY, options.proxy.c_str()) != CURLE_OK) {
    return fail(Errc::config, "libcurl rejects the proxy: " + options.proxy);
  }
  const bool own_trust = !options.ca_file.empty();
  if (own_trust && curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str()) != CURLE_OK) {
    return fail(Errc::config, "libcurl rejects the certificates: " + options.ca_file);
  }
  return {};
}

bool CurlTransport::Impl::set_request_headers(const Validators& unless) {
  curl_slist* list = curl_slist_append(nullptr, "Accept-Language: en");
  const auto add = [&list](const char* name, const std::string& value) {
    if (list == nullptr || value.empty()) return;
    list = curl_slist_append(list, (name + value).c_str());
  };
  add("If-None-Match: ", unless.etag);
  add("If-Modified-Since: ", unless.last_modified);
  request_headers.reset(list);
  return curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, list) == CURLE_OK && list != nullptr;
}

CurlTransport::CurlTransport(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CurlTransport::~CurlTransport() = default;

Result<std::unique_ptr<CurlTransport>> CurlTransport::create(const CurlOptions& options) {
  if (!curl_ready()) return fail(Errc::network, "libcurl cannot be initialized");
  auto impl = std::make_unique<Impl>(options);
  if (!impl->handle) return fail(Errc::network, "libcurl is out of memory");
  if (auto configured = impl->configure(options); !configured) return fail(configured.error());
  impl->transfer.attach(impl->handle.get());
  return std::unique_ptr<CurlTransport>(new CurlTransport(std::move(impl)));
}

void CurlTransport::ask_meanwhile(std::function<bool()> may_go_on) {
  impl_->transfer.may_go_on = std::move(may_go_on);
}

Result<Answer> CurlTransport::fetch(const Request& request) {
  CURL* curl = impl_->handle.get();
  Transfer& transfer = impl_->transfer;
  transfer.start();
  if (!impl_->set_request_headers(request.unless)) {
    return fail(Errc::network, "libcurl is out of memory");
  }
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  // A connection that failed once may be half dead: HTTP/2 would go on using it.
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, impl_->last_failed ? 1L : 0L);

  const CURLcode code = curl_easy_perform(curl);
  impl_->last_failed = code != CURLE_OK;
  if (code != CURLE_OK && transfer.was_left()) {
    return fail(Errc::throttled, "asked to stop; the current request was abandoned");
  }
  if (code != CURLE_OK) {
    const std::string host = host_of(request.url);
    const Errc kind = transfer.was_too_large() ? Errc::markup : Errc::network;
    return fail(Error{.code = kind, .message = words_for(code, transfer)}.within(
        host.empty() ? request.url : host));
  }

  long status = 0;
  const char* location = nullptr;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &location);
  return Answer{.status = static_cast<int>(status),
                .url = request.url,
                .location = location == nullptr ? "" : location,
                .retry_after = retry_after_of(curl),
                .validators = {.etag = header_of(curl, "ETag"),
                               .last_modified = header_of(curl, "Last-Modified")},
                .headers = std::move(transfer.headers),
                .body = std::move(transfer.body)};
}

}  // namespace qanat::crawler
