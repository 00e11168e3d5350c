#include "crawler/transfer.h"

#include <string_view>

#include <sys/socket.h>

#include "crawler/address.h"

namespace qanat::crawler {
namespace {

/// Telegram's pages compress about 1:8, the tightest text hardly 1:100; a bomb reaches 1:1000.
constexpr std::size_t kMaxRatio = 200;
constexpr std::size_t kRatioGrace = std::size_t{1024} * 1024;

}  // namespace

void Transfer::attach(CURL* handle) {
  handle_ = handle;
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, &Transfer::on_request);
  curl_easy_setopt(handle, CURLOPT_PREREQDATA, this);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail_.data());
  if (!limits_.private_addresses) {
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
  }
}

void Transfer::start() {
  body.clear();
  headers.clear();
  header_bytes_ = 0;
  sent_ = 0;
  left_ = false;
  too_large_ = false;
  refusal_.clear();
  detail_.fill('\0');
}

bool Transfer::swells(std::size_t decoded) const {
  if (decoded <= kRatioGrace) return false;
  curl_off_t wire = 0;
  curl_easy_getinfo(handle_, CURLINFO_SIZE_DOWNLOAD_T, &wire);
  // Of a chunked body libcurl counts a buffer only after it was passed on: count one ahead.
  const std::size_t received = static_cast<std::size_t>(wire) + CURL_MAX_WRITE_SIZE;
  return decoded / received >= kMaxRatio;
}

bool Transfer::take_body(const char* data, std::size_t size) {
  const std::size_t decoded = body.size() + size;
  const bool swelled = swells(decoded);
  too_large_ = swelled || decoded > limits_.body;
  if (decoded > limits_.body) {
    refusal_ = "the body is larger than " + std::to_string(limits_.body) + " bytes";
    return false;
  }
  if (swelled) {
    refusal_ = "the body decompresses to more than " + std::to_string(kMaxRatio) +
               " times its size (a compression bomb)";
    return false;
  }
  body.append(data, size);
  return true;
}

bool Transfer::take_header(const char* data, std::size_t size) {
  header_bytes_ += size;
  if (header_bytes_ > limits_.headers) {
    refusal_ = "the headers are larger than " + std::to_string(limits_.headers) + " bytes";
    return false;
  }
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) headers.clear();  // an interim answer came before this one
  headers += line;
  return true;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  const bool taken = static_cast<Transfer*>(self)->take_body(data, size * count);
  return taken ? size * count : CURL_WRITEFUNC_ERROR;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  const bool taken = static_cast<Transfer*>(self)->take_header(data, size * count);
  return taken ? size * count : CURL_WRITEFUNC_ERROR;
}

/// A request whose HTTP/2 stream is refused libcurl sends again by itself, five times, unseen by
/// who counts requests. Allowed is one more after a connection that was kept open proved to be
/// closed: its host has not seen the first.
bool Transfer::may_send() {
  ++sent_;
  if (sent_ == 1) {
    long connections_made = 0;
    curl_easy_getinfo(handle_, CURLINFO_NUM_CONNECTS, &connections_made);
    kept_open_ = connections_made == 0;
    return true;
  }
  if (sent_ == 2 && kept_open_) return true;
  refusal_ = "the host refused the request without an answer";
  return false;
}

int Transfer::on_request(void* self, char*, char*, int, int) {
  return static_cast<Transfer*>(self)->may_send() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

int Transfer::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.left_ = !transfer.may_go_on();
  return transfer.left_ ? 1 : 0;
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  if (!is_public_address(address->addr)) {
    static_cast<Transfer*>(self)->refusal_ = "the address " + show_address(address->addr) +
                                             " is not public; private addresses must be allowed " +
                                             "in the configuration";
    return CURL_SOCKET_BAD;
  }
  static_cast<Transfer*>(self)->refusal_.clear();  // another address of the host is fine
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace qanat::crawler
