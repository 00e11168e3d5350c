#include "http2_peer.h"

namespace qanat::test {
namespace {

// Of RFC 9113, section 6.
constexpr std::uint8_t kData = 0;
constexpr std::uint8_t kHeaders = 1;
constexpr std::uint8_t kResetStream = 3;
constexpr std::uint8_t kSettings = 4;
constexpr std::uint8_t kGoAway = 7;
constexpr std::uint8_t kAcknowledged = 0x1;
constexpr std::uint8_t kEndOfStream = 0x1;
constexpr std::uint8_t kEndOfHeaders = 0x4;
constexpr std::uint32_t kNoError = 0;

constexpr std::size_t kFrameHead = 9;
constexpr std::size_t kLargestFrame = 16'384;

/// The low bytes of a number, the highest first.
std::string big_endian(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
  return out;
}

std::uint32_t number_in(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char byte : bytes) value = (value << 8) | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

Http2Peer::Http2Peer(const TlsPeer& peer) : peer_(peer) {
  constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  (void)peer_.receive(kPreface.size());
  send(kSettings, 0, 0, "");
}

void Http2Peer::send(std::uint8_t type,
                     std::uint8_t flags,
                     Stream stream,
                     std::string_view payload) const {
  std::string frame = big_endian(static_cast<std::uint32_t>(payload.size()), 3);
  frame += static_cast<char>(type);
  frame += static_cast<char>(flags);
  frame += big_endian(stream, 4);
  frame += payload;
  peer_.send(frame);
}

std::optional<Http2Peer::Stream> Http2Peer::next_request() const {
  for (;;) {
    const std::string head = peer_.receive(kFrameHead);
    if (head.size() < kFrameHead) return std::nullopt;
    const std::string_view view(head);
    (void)peer_.receive(number_in(view.substr(0, 3)));
    const auto type = static_cast<std::uint8_t>(view[3]);
    const auto flags = static_cast<std::uint8_t>(view[4]);
    if (type == kHeaders) return number_in(view.substr(5));
    if (type == kSettings && (flags & kAcknowledged) == 0) send(kSettings, kAcknowledged, 0, "");
  }
}

void Http2Peer::send_status(Stream stream, int status) const {
  // A reference into HPACK's table of common headers (RFC 7541, appendix A).
  constexpr char kStatus200 = static_cast<char>(0x88);
  constexpr char kStatus404 = static_cast<char>(0x8D);
  send(kHeaders, kEndOfHeaders, stream, std::string(1, status == 404 ? kStatus404 : kStatus200));
}

void Http2Peer::send_body(Stream stream, std::string_view bytes, bool is_last) const {
  do {
    const std::string_view part = bytes.substr(0, kLargestFrame);
    bytes.remove_prefix(part.size());
    send(kData, is_last && bytes.empty() ? kEndOfStream : 0, stream, part);
  } while (!bytes.empty());
}

void Http2Peer::answer(Stream stream, int status, std::string_view body) const {
  send_status(stream, status);
  send_body(stream, body, true);
}

void Http2Peer::go_away(Stream last) const {
  send(kGoAway, 0, 0, big_endian(last, 4) + big_endian(kNoError, 4));
}

void Http2Peer::reset(Stream stream, Reset why) const {
  send(kResetStream, 0, stream, big_endian(static_cast<std::uint32_t>(why), 4));
}

void Http2Peer::wait_until_client_leaves() const {
  while (!peer_.receive(1).empty()) {
  }
}

}  // namespace qanat::test
