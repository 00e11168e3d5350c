#include <optional>

#include "base/utf8.h"
#include "importer/desktop_message.h"

namespace qanat::importer {
namespace {

using Json = nlohmann::json;

MediaType file_type(std::string_view media_type) {
  if (media_type == "video_file") return MediaType::video;
  if (media_type == "animation") return MediaType::gif;
  if (media_type == "video_message") return MediaType::round_video;
  if (media_type == "voice_message") return MediaType::voice;
  if (media_type == "audio_file") return MediaType::audio;
  return media_type == "sticker" ? MediaType::sticker : MediaType::document;
}

Media file_of(const Json& message) {
  Media out{.type = file_type(text_of(message, "media_type")),
            .url = "",
            .width = count_of(message, "width"),
            .height = count_of(message, "height"),
            .duration_seconds = count_of(message, "duration_seconds")};
  if (out.type == MediaType::audio) {
    out.title = text_of(message, "title");
    out.extra = text_of(message, "performer");
  }
  if (out.type == MediaType::document) out.title = text_of(message, "file_name");
  return out;
}

Media contact_of(const Json& contact) {
  std::string name = text_of(contact, "first_name");
  const std::string last = text_of(contact, "last_name");
  if (!name.empty() && !last.empty()) name += " ";
  return {
      .type = MediaType::contact, .title = name + last, .extra = text_of(contact, "phone_number")};
}

/// What the message carries besides its text; nothing for most.
std::optional<Media> medium_of(const Json& message) {
  if (message.contains("photo")) {
    return Media{.type = MediaType::photo,
                 .width = count_of(message, "width"),
                 .height = count_of(message, "height")};
  }
  if (message.contains("contact_information")) {
    return contact_of(message.at("contact_information"));
  }
  if (message.contains("place_name")) {
    return Media{.type = MediaType::venue,
                 .title = text_of(message, "place_name"),
                 .extra = text_of(message, "address")};
  }
  if (message.contains("location_information")) return Media{.type = MediaType::location};
  if (message.contains("game_title")) {
    return Media{.type = MediaType::game, .title = text_of(message, "game_title")};
  }
  if (message.contains("invoice_information")) {
    const Json& invoice = message.at("invoice_information");
    return Media{.type = MediaType::invoice,
                 .title = text_of(invoice, "title"),
                 .extra = text_of(invoice, "description")};
  }
  if (message.contains("file")) return file_of(message);
  return std::nullopt;
}

/// Nothing when it cannot be told.
std::optional<int> percent_of(std::optional<int> votes, std::optional<int> voters) {
  constexpr std::int64_t kHundred = 100;
  if (!votes || !voters || *voters == 0 || *votes > *voters) return std::nullopt;
  return static_cast<int>(*votes * kHundred / *voters);
}

Poll poll_of(const Json& in) {
  const auto voters = count_of(in, "total_voters");
  Poll out{.question = utf8::repaired(text_of(in, "question")),
           .type = in.value("closed", false) ? "Final Results" : "Anonymous Poll",
           .voters_text = voters ? std::to_string(*voters) : ""};
  const auto answers = in.find("answers");
  if (answers == in.end()) return out;
  for (const Json& answer : *answers) {
    out.options.push_back({.text = utf8::repaired(text_of(answer, "text")),
                           .percent = percent_of(count_of(answer, "voters"), voters)});
  }
  return out;
}

}  // namespace

void read_media(const Json& message, Post& post) {
  if (auto medium = medium_of(message)) {
    post.kind = post_kind_of(medium->type);
    post.media.push_back(*std::move(medium));
  }
  if (const auto poll = message.find("poll"); poll != message.end()) {
    post.poll = poll_of(*poll);
    if (post.media.empty()) post.kind = PostKind::poll;
  }
}

}  // namespace qanat::importer
