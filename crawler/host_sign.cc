#include "crawler/host_sign.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.h"

namespace qanat::crawler {
namespace {

/// Of the guards that stand before web sites: script paths and element ids, not words for people,
/// which an error page may use as well.
constexpr std::array<std::string_view, 7> kChallengeMarks = {
    "/cdn-cgi/challenge-platform/",
    "cf-chl-",
    "/.well-known/ddos-guard/",
    "class=\"g-recaptcha\"",
    "class=\"h-captcha\"",
    "class=\"cf-turnstile\"",
    "/smartcaptcha/",
};

/// A challenge is short; what stands further behind is somebody's text.
constexpr std::size_t kLookAt = std::size_t{64} * 1024;

/// `words` in lower case.
bool has(std::string_view headers, std::string_view words) {
  return !std::ranges::search(headers, words, {}, lower).empty();
}

bool is_challenge(const Answer& answer) {
  if (has(answer.headers, "cf-mitigated: challenge")) return true;
  const std::string_view head = std::string_view(answer.body).substr(0, kLookAt);
  if (head.find("tgme_") != std::string_view::npos) return false;
  return std::ranges::any_of(kChallengeMarks, [head](std::string_view mark) {
    return head.find(mark) != std::string_view::npos;
  });
}

bool is_blank(std::string_view body) {
  return body.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

HostSign sign_of(const Answer& answer) {
  if (is_challenge(answer)) return HostSign::challenge;
  const int status = answer.status;
  if (status == 200 && is_blank(answer.body)) return HostSign::empty;
  if (status >= 200 && status < 400) return HostSign::fine;
  if (status == 429 || status >= 500) return HostSign::busy;
  return status == 401 || status == 403 ? HostSign::refused : HostSign::unrelated;
}

}  // namespace qanat::crawler
