#include "importer/telegram_desktop.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "importer/desktop_message.h"

namespace qanat::importer {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kBatch = 100;  // messages

/// Takes the messages out of the document while it is parsed, so that it never becomes large.
class BatchReader {
 public:
  BatchReader(const ChannelName& channel, const std::function<Result<void>(DesktopBatch)>& batch)
      : channel_(channel), batch_(batch) {}

  /// As nlohmann's parser_callback_t: false drops what was parsed.
  bool take(int depth, Json::parse_event_t event, Json& parsed) {
    constexpr int kTopLevel = 1;
    constexpr int kMessage = 2;
    if (event == Json::parse_event_t::key && depth == kTopLevel) {
      in_messages_ = parsed == "messages";
      found_ = found_ || in_messages_;
    }
    if (!in_messages_ || event != Json::parse_event_t::object_end || depth != kMessage) return true;
    if (!result_) return false;
    messages_.push_back(std::move(parsed));
    if (messages_.size() >= kBatch) result_ = deliver();
    return false;
  }

  Result<void> finish() {
    if (result_ && !messages_.empty()) result_ = deliver();
    return result_;
  }

  [[nodiscard]] bool found_messages() const { return found_; }

 private:
  Result<void> deliver() {
    DesktopBatch out{.json = messages_.dump(-1, ' ', false, Json::error_handler_t::replace),
                     .posts = {}};
    for (const Json& message : messages_) {
      try {
        Post post = read_message(message, channel_);
        if (post.id.message > 0) out.posts.push_back(std::move(post));
      } catch (const Json::exception& error) {
        return fail(Errc::usage,
                    "message " + text_of(message, "id") + " cannot be read: " + error.what());
      }
    }
    messages_.clear();
    return batch_(std::move(out));
  }

  const ChannelName& channel_;
  const std::function<Result<void>(DesktopBatch)>& batch_;
  bool in_messages_ = false;
  bool found_ = false;
  Json messages_ = Json::array();
  Result<void> result_;
};

}  // namespace

Result<void> read_desktop_export(std::istream& in,
                                 const ChannelName& channel,
                                 const std::function<Result<void>(DesktopBatch)>& batch) {
  BatchReader reader(channel, batch);
  try {
    // What is left of the document says nothing more.
    [[maybe_unused]] const Json rest =
        Json::parse(in, [&reader](int depth, Json::parse_event_t event, Json& parsed) {
          return reader.take(depth, event, parsed);
        });
  } catch (const Json::exception& error) {
    return fail(Errc::usage, std::string("no JSON: ") + error.what());
  }
  if (!reader.found_messages()) {
    return fail(Errc::usage,
                "no \"messages\": it must be Telegram Desktop's export of one channel, as JSON");
  }
  return reader.finish();
}

}  // namespace qanat::importer
