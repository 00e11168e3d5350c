#include "generate/generated_page.h"

#include "base/utf8.h"
#include "generate/page_generator.h"
#include "generate/page_noise.h"
#include "markup/manner.h"
#include "markup/message.h"
#include "markup/page.h"
#include "markup/words.h"

namespace qanat::generate {
namespace {

using markup::Manner;
using test::Random;

/// A seed of its own for each part of a page, so that a post is written alike without the others.
std::uint64_t seed_of(std::uint64_t page, std::int64_t part) {
  std::uint64_t mixed = page * 0x9E3779B97F4A7C15U + static_cast<std::uint64_t>(part);
  mixed = (mixed ^ (mixed >> 31U)) * 0xBF58476D1CE4E5B9U;
  return mixed ^ (mixed >> 29U);
}

std::string messages_of(const ChannelPage& truth, std::uint64_t seed, int year) {
  const markup::Sender sender{
      .slug = truth.slug, .title = truth.channel.title, .id = truth.channel.numeric_id.value_or(1)};
  std::string messages;
  for (const Post& post : truth.posts) {
    Random random{seed_of(seed, post.id.message)};
    messages += written_otherwise(
        markup::message(sender, post, Manner{.year = year, .random = &random}), random);
  }
  return messages;
}

markup::Frame frame_of(const ChannelPage& truth) {
  return {.slug = truth.slug,
          .channel = truth.channel,
          .description = markup::plain_words(truth.channel.description),
          .before = truth.before,
          .after = truth.after,
          .canonical = "/s/" + truth.slug};
}

int year_of(std::uint64_t seed) { return 2019 + static_cast<int>(seed_of(seed, -1) % 8); }

/// "\uXXXX", as PHP writes what is not ASCII.
void escape_unit(std::string& out, unsigned unit) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) out += kHex[(unit >> (shift - 4)) & 0xFU];
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const utf8::CodePoint point = utf8::decode(text, at);
    at += point.length;
    const auto value = static_cast<unsigned>(point.value);
    if (value == '"' || value == '\\' || value == '/') {
      out.append("\\").append(1, static_cast<char>(value));
    } else if (value == '\n') {
      out += "\\n";
    } else if (value >= 0x20 && value < 0x7F) {
      out += static_cast<char>(value);
    } else if (value < 0x10000) {
      escape_unit(out, value);
    } else {
      escape_unit(out, 0xD800 + ((value - 0x10000) >> 10U));
      escape_unit(out, 0xDC00 + ((value - 0x10000) & 0x3FFU));
    }
  }
  return out + "\"";
}

ChannelPage truth_of(std::uint64_t seed, int posts) {
  Random random{seed};
  return random_page(random, posts);
}

}  // namespace

std::string page_of(const ChannelPage& truth, std::uint64_t seed) {
  Random random{seed_of(seed, 0)};
  const Manner manner{.year = year_of(seed), .random = &random};
  return markup::page(frame_of(truth), messages_of(truth, seed, manner.year), manner);
}

GeneratedPage generated_page(std::uint64_t seed, int posts) {
  GeneratedPage page{.truth = truth_of(seed, posts), .html = {}};
  page.html = page_of(page.truth, seed);
  return page;
}

GeneratedPage generated_xhr(std::uint64_t seed, int posts) {
  GeneratedPage page{.truth = truth_of(seed, posts), .html = {}};
  page.html = json_string(
      markup::history(frame_of(page.truth), messages_of(page.truth, seed, year_of(seed))));
  page.truth.channel = {.has_preview = true, .numeric_id = page.truth.channel.numeric_id};
  return page;
}

}  // namespace qanat::generate
