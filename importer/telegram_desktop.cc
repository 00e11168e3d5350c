#include "importer/telegram_desktop.h"

#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/json_depth.h"
#include "importer/desktop_message.h"

namespace qanat::importer {
namespace {

using Json = nlohmann::json;
using Event = Json::parse_event_t;

constexpr std::size_t kBatch = 100;  // messages

/// From here on a number has the kind of chat in its upper bits, as versions before 2021 wrote it.
constexpr std::int64_t kFirstMarkedNumber = std::int64_t{1} << 33U;

/// Depths of an export's values, as nlohmann counts them.
constexpr int kOfExport = 1;
constexpr int kMessage = 2;

/// Takes the messages out of the document while it is parsed, so that it never becomes large.
class BatchReader {
 public:
  BatchReader(const ChannelName& channel, const std::function<Result<void>(DesktopBatch)>& batch)
      : channel_(channel), batch_(batch) {}

  /// As nlohmann's parser_callback_t: false drops what was parsed.
  bool take(int depth, Event event, Json& parsed) {
    if (result_) result_ = see(depth, event, parsed);
    const bool is_message = in_messages_ && depth == kMessage && event == Event::object_end;
    return result_ && !is_message;
  }

  /// What is wrong with what was read so far.
  [[nodiscard]] const Result<void>& result() const { return result_; }

  Result<void> finish() {
    if (!result_) return result_;
    if (!found_) return fail(Errc::usage, R"(no "messages": )" + std::string(kWanted));
    if (!messages_.empty()) result_ = deliver();
    if (result_ && posts_ == 0) {
      return fail(Errc::usage, R"(no message of a channel is among its "messages")");
    }
    return result_;
  }

 private:
  static constexpr std::string_view kWanted =
      "it must be Telegram Desktop's export of one channel, as JSON";

  Result<void> see(int depth, Event event, Json& parsed) {
    const bool begins = event == Event::object_start || event == Event::array_start;
    if (begins && depth >= kMaxJsonDepth) {
      return fail(Errc::usage,
                  "JSON nested deeper than " + std::to_string(kMaxJsonDepth) +
                      " levels: " + std::string(kWanted));
    }
    if (depth == kOfExport) return see_field(event, parsed);
    if (!in_messages_ || depth != kMessage) return {};
    if (event == Event::object_end) return add(std::move(parsed));
    if (event != Event::value && event != Event::array_end) return {};
    return fail(Errc::usage, "message number " + std::to_string(count_ + 1) + " is not an object");
  }

  /// A key of the export, or the beginning or the end of its value.
  Result<void> see_field(Event event, const Json& parsed) {
    if (event == Event::key) {
      in_messages_ = parsed == "messages";
      in_type_ = parsed == "type";
      in_name_ = parsed == "name";
      in_id_ = parsed == "id";
      found_ = found_ || in_messages_;
      return {};
    }
    if (in_messages_ && event != Event::array_start && event != Event::array_end) {
      return fail(Errc::usage, R"("messages" is not a list: )" + std::string(kWanted));
    }
    if (in_name_ && event == Event::value && parsed.is_string()) title_ = parsed;
    if (in_id_ && event == Event::value && parsed.is_number_integer()) see_number(parsed);
    if (!in_type_ || parsed == "public_channel" || parsed == "private_channel") return {};
    return fail(Errc::usage,
                "the export of a chat whose type is " + type_of(event, parsed) +
                    "; only a channel's export can be imported");
  }

  void see_number(std::int64_t number) {
    if (number > 0 && number < kFirstMarkedNumber) numeric_id_ = number;
  }

  static std::string type_of(Event event, const Json& parsed) {
    return event == Event::value ? dumped(parsed) : "no text";
  }

  /// Bytes that are no UTF-8 become U+FFFD.
  static std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  [[nodiscard]] std::string without_id(const Json& message) const {
    const std::string place = "message number " + std::to_string(count_) + " of the file has no id";
    const Json id = message.value("id", Json());
    return id.is_null() ? place : place + " that is a post's number: " + dumped(id);
  }

  Result<void> add(Json message) {
    ++count_;
    if (!id_of(message, "id")) return fail(Errc::usage, without_id(message));
    messages_.push_back(std::move(message));
    return messages_.size() >= kBatch ? deliver() : Result<void>();
  }

  Result<void> deliver() {
    DesktopBatch out{
        .json = dumped(messages_), .posts = {}, .title = title_, .numeric_id = numeric_id_};
    std::set<MessageId> ids;
    for (const Json& message : messages_) {
      const MessageId id = id_of(message, "id").value();
      // Below 1 it came with a group that became this channel: no page shows it. Of messages with
      // the same id the first is taken, as it is when they are in different batches.
      if (id < 1 || !ids.insert(id).second) continue;
      try {
        out.posts.push_back(read_message(message, {.channel = channel_, .message = id}));
      } catch (const Json::exception& error) {
        return fail(Errc::usage,
                    "message " + std::to_string(id) + " cannot be read: " + error.what());
      }
    }
    messages_.clear();
    posts_ += out.posts.size();
    return batch_(std::move(out));
  }

  const ChannelName& channel_;
  const std::function<Result<void>(DesktopBatch)>& batch_;
  bool in_messages_ = false;
  bool in_type_ = false;
  bool in_name_ = false;
  bool in_id_ = false;
  bool found_ = false;
  std::size_t count_ = 0;  ///< of messages so far
  std::size_t posts_ = 0;  ///< that were delivered
  std::string title_;
  std::optional<std::int64_t> numeric_id_;
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
        Json::parse(in, [&reader](int depth, Event event, Json& parsed) {
          return reader.take(depth, event, parsed);
        });
  } catch (const Json::exception& error) {
    if (!reader.result()) return reader.result();
    return fail(Errc::usage, std::string("not JSON: ") + error.what());
  }
  return reader.finish();
}

}  // namespace qanat::importer
