#include "classifier/profile_pack.h"

#include <string_view>

#include "base/utf8.h"
#include "classifier/profile_evidence.h"

namespace qanat::classifier {
namespace {

/// A TOML basic string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') out.push_back('\\');
    const bool control = static_cast<unsigned char>(byte) < 0x20U || byte == 0x7F;
    out.push_back(control ? ' ' : byte);
  }
  return out + "\"";
}

/// The words of a key as the view `words` has them: any number for "0".
std::string pattern_of(std::string_view key) {
  std::string pattern = " ";
  for (const char byte : key) {
    if (byte == '0') {
      pattern += "[0-9]+( [0-9]+){0,3}";
    } else {
      pattern.push_back(byte);
    }
  }
  return pattern + " ";
}

/// A little more than the line itself: the block may hold a counter beside it.
std::size_t most_chars(const RecurringLine& line) { return (utf8::length(line.text) * 2) + 20; }

std::string rule_of(const ChannelName& channel, const RecurringLine& line, std::size_t number) {
  const bool footer = line.edge == Edge::footer;
  const std::string place = footer ? R"("block.from_end" = 0, "block.pos" = 1)"
                                   : R"("block.from_end" = 1, "block.pos" = 0)";
  const auto example = [&](std::string_view where) {
    return "[{ text = " + quoted(line.text) + ", channel = \"" + std::string(where) +
           "\", features = { " + place + " } }]\n";
  };
  return "\n[[rule]]\nid       = \"channel_" + channel.str() + (footer ? ".footer_" : ".header_") +
         std::to_string(number) + "\"\ntitle    = " + quoted(line.text) + "\nwhy      = \"In " +
         std::to_string(line.posts) + " of " + std::to_string(line.of) +
         " posts of the channel\"\nlabel    = \"signature\"\nstatus   = \"active\"\n" +
         "channels = { only = [\"" + channel.str() +
         "\"] }\nview     = \"words\"\nwords    = \"part\"\nany      = ['" + pattern_of(line.key) +
         "']\nwhen     = '" +
         (footer ? "block.from_end <= 3 and block.pos >= 1"
                 : "block.pos <= 1 and block.from_end >= 1") +
         " and block.chars <= " + std::to_string(most_chars(line)) +
         "'\nweight   = { init = " + std::to_string(profile_weight(line)) +
         ", min = 0, max = 8000 }\nmatch    = " + example(channel.str()) +
         "no_match = " + example("another_channel");
}

}  // namespace

std::string profile_pack(const ChannelName& channel, const ChannelProfile& profile) {
  std::string rules;
  std::size_t number = 0;
  for (const RecurringLine& line : profile.lines()) {
    if (line.recurs()) rules += rule_of(channel, line, ++number);
  }
  if (rules.empty()) return "";
  return "# What recurs in t.me/" + channel.str() + ": proposed from " +
         std::to_string(profile.posts()) + " of its posts, profile " + profile.identity() + ".\n" +
         rules;
}

}  // namespace qanat::classifier
