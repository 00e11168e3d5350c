#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>

#include <curl/curl.h>

namespace qanat::crawler {

/// What one transfer received, and its limits. libcurl's callbacks fill it; the object must not
/// move while a handle refers to it.
class Transfer {
 public:
  struct Limits {
    std::size_t body = 0;     ///< decoded bytes
    std::size_t headers = 0;  ///< bytes
    bool private_addresses = false;
  };

  explicit Transfer(Limits limits) : limits_(limits) {}

  /// Registers the callbacks. The handle must not outlive this object.
  void attach(CURL* handle);

  /// Forgets the last transfer.
  void start();

  /// Why this object ended the transfer; empty when it did not.
  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  /// It was because of the body's size, which the next transfer would find again.
  [[nodiscard]] bool was_too_large() const { return too_large_; }
  [[nodiscard]] const char* curl_detail() const { return detail_.data(); }
  /// It ended because may_go_on() said no.
  [[nodiscard]] bool was_left() const { return left_; }

  std::string body;
  std::string headers;
  std::function<bool()> may_go_on = [] { return true; };

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static int on_request(void* self, char* ip, char* own_ip, int port, int own_port);
  static int on_progress(
      void* self, curl_off_t to_get, curl_off_t got, curl_off_t to_send, curl_off_t sent);
  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

  [[nodiscard]] bool take_body(const char* data, std::size_t size);
  [[nodiscard]] bool take_header(const char* data, std::size_t size);
  [[nodiscard]] bool swells(std::size_t decoded) const;
  [[nodiscard]] bool may_send();

  Limits limits_;
  CURL* handle_ = nullptr;
  std::size_t header_bytes_ = 0;
  int sent_ = 0;            ///< how often libcurl put the request on a connection
  bool kept_open_ = false;  ///< the first of them was there already
  bool left_ = false;
  bool too_large_ = false;
  std::string refusal_;
  std::array<char, CURL_ERROR_SIZE> detail_{};
};

}  // namespace qanat::crawler
