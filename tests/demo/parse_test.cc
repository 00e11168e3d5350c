// The demo's pages, read by the parser, give what the channel files say.

#include <algorithm>

#include "demo/default_channels.h"
#include "demo/page_renderer.h"
#include "demo/server.h"
#include "demo/text_markup.h"
#include "parser/page.h"
#include "support/catch.h"

using qanat::ChannelPage;
using qanat::MessageId;
using qanat::PageKind;
using qanat::Post;
using qanat::PostKind;
using qanat::demo::Channel;
using qanat::demo::default_channels;
using qanat::demo::DemoPost;
using qanat::demo::Service;

namespace {

ChannelPage page_at(const std::string& path, std::map<std::string, std::string> values = {}) {
  const auto reply =
      answer(default_channels(), {.path = path, .values = std::move(values), .headers = {}});
  return qanat::parser::parse_page(reply.body).value();
}

struct Pair {
  const Channel* channel;
  const DemoPost* written;
  Post read;
};

/// Every post of the demo beside what the parser made of it.
const std::vector<Pair>& pairs() {
  static const std::vector<Pair> all = [] {
    std::vector<Pair> found;
    for (const Channel& channel : default_channels()) {
      for (const DemoPost& written : channel.posts) {
        const ChannelPage page =
            page_at("/s/" + channel.name, {{"before", std::to_string(written.id + 1)}});
        REQUIRE_FALSE(page.posts.empty());
        found.push_back({.channel = &channel, .written = &written, .read = page.posts.back()});
      }
    }
    return found;
  }();
  return all;
}

std::string name_of(const Pair& pair) {
  return pair.channel->name + "/" + std::to_string(pair.written->id);
}

}  // namespace

TEST_CASE("the kinds of the demo's pages are read truly") {
  CHECK(page_at("/s/ds_sobes_demo").kind == PageKind::channel);
  CHECK(page_at("/s/empty_room_demo").kind == PageKind::channel);
  CHECK(page_at("/closed_preview_demo").kind == PageKind::landing_channel);
  CHECK_FALSE(page_at("/closed_preview_demo").channel.has_preview);
  CHECK(page_at("/ask_cpp_demo").channel.has_preview);
  CHECK(page_at("/nobody_here_demo").kind == PageKind::free_name);
}

TEST_CASE("every page is complete, with nothing skipped, malformed or unknown") {
  for (const Channel& channel : default_channels()) {
    if (!channel.preview) continue;
    for (const DemoPost& post : channel.posts) {
      const ChannelPage page =
          page_at("/s/" + channel.name, {{"before", std::to_string(post.id + 1)}});
      INFO(channel.name << " before " << post.id + 1);
      CHECK(page.complete);
      CHECK(page.skipped == 0);
      for (const auto& [field, count] : page.malformed) CHECK(field + " is malformed" == "");
      for (const auto& [name, count] : page.unknown_markup) CHECK(name + " is unknown" == "");
    }
  }
}

TEST_CASE("the channel's facts are read once, though the page shows them twice") {
  const ChannelPage page = page_at("/s/media_parade_demo");

  CHECK(page.slug == "Media_Parade_Demo");
  CHECK(page.channel.title == "Media parade 🎪");
  CHECK(page.channel.username == "Media_Parade_Demo");
  CHECK(page.channel.verified);
  CHECK(page.channel.numeric_id == 1700000003);
  REQUIRE(page.channel.counters.size() == 5);
  CHECK(page.channel.counters[0].type == "subscribers");
  CHECK(page.channel.counters[0].count.value == 12800);
  CHECK(page.channel.description == qanat::demo::plain_text(default_channels().at(4).description));
}

TEST_CASE("the links to older and newer pages are read as cursors") {
  CHECK(page_at("/s/ds_sobes_demo", {{"before", "40"}}).before.has_value());
  CHECK(page_at("/s/ds_sobes_demo", {{"before", "40"}}).after == 39);
  CHECK_FALSE(page_at("/s/ds_sobes_demo", {{"before", "5"}}).before.has_value());
  CHECK_FALSE(page_at("/s/empty_room_demo").before.has_value());
}

TEST_CASE("every post's text is read as a reader sees it") {
  for (const Pair& pair : pairs()) {
    if (pair.written->service != Service::none) continue;
    INFO(name_of(pair));
    CHECK(pair.read.text == qanat::demo::plain_text(pair.written->text));
  }
}

TEST_CASE("every post's identity, moment and counters are read") {
  for (const Pair& pair : pairs()) {
    INFO(name_of(pair));
    CHECK(pair.read.id.channel.str() == pair.channel->name);
    CHECK(pair.read.id.message == pair.written->id);
    CHECK(pair.read.url ==
          "https://t.me/" + pair.channel->slug + "/" + std::to_string(pair.written->id));
    CHECK(pair.read.published_at == pair.written->date);
    CHECK(pair.read.views.text == pair.written->views);
    CHECK(pair.read.edited == pair.written->edited);
    CHECK(pair.read.author == pair.written->author);
    CHECK(pair.read.reactions == pair.written->reactions);
  }
}

TEST_CASE("service posts and withheld posts are told from the channel's words") {
  for (const Pair& pair : pairs()) {
    INFO(name_of(pair));
    CHECK((pair.read.kind == PostKind::service) == (pair.written->service != Service::none));
    CHECK((pair.read.kind == PostKind::withheld) == pair.written->withheld);
  }
}

TEST_CASE("every medium is read with what the page tells of it") {
  for (const Pair& pair : pairs()) {
    if (pair.written->service != Service::none) continue;
    INFO(name_of(pair));
    REQUIRE(pair.read.media.size() == pair.written->media.size());
    for (std::size_t i = 0; i < pair.read.media.size(); ++i) {
      const auto& read = pair.read.media[i];
      const auto& written = pair.written->media[i].media;
      INFO("item " << i);
      CHECK(read.type == written.type);
      CHECK(read.title == written.title);
      CHECK(read.duration_seconds == written.duration_seconds);
      if (written.type == qanat::MediaType::location) {  // the place is in the map's address
        CHECK_THAT(read.url, Catch::Contains(written.extra));
        continue;
      }
      CHECK(read.extra == written.extra);
      CHECK(read.url == written.url);
    }
  }
}

TEST_CASE("an album names every message it covers, other posts none") {
  for (const Pair& pair : pairs()) {
    INFO(name_of(pair));
    std::vector<MessageId> covered;
    for (int i = 0; pair.written->messages() > 1 && i < pair.written->messages(); ++i) {
      covered.push_back(pair.written->id + i);
    }
    CHECK(pair.read.album == covered);
  }
}

TEST_CASE("polls, previews, forwards, replies and buttons are read as written") {
  for (const Pair& pair : pairs()) {
    INFO(name_of(pair));
    CHECK(pair.read.poll == pair.written->poll);
    CHECK(pair.read.link_preview == pair.written->preview);
    CHECK(pair.read.forwarded_from == pair.written->forward);
    CHECK(pair.read.buttons == pair.written->buttons);
    REQUIRE(pair.read.reply_to.has_value() == pair.written->reply.has_value());
    if (!pair.written->reply) continue;
    CHECK(pair.read.reply_to->post == pair.written->reply->post);
    if (!pair.written->reply->text.empty()) {
      CHECK(pair.read.reply_to->text == pair.written->reply->text);
    }
  }
}

TEST_CASE("a masked link's address comes out as the author wrote it") {
  const auto ad = std::ranges::find_if(pairs(), [](const Pair& pair) {
    return pair.channel->name == "ds_sobes_demo" && pair.written->id == 8;
  });
  REQUIRE(ad != pairs().end());

  const auto link = std::ranges::find(ad->read.links, true, &qanat::Link::masked);
  REQUIRE(link != ad->read.links.end());
  CHECK(link->url ==
        "https://vector-school.example/ds?utm_source=tg&utm_medium=ds_sobes&erid=2VtzqDEMO01");
}
