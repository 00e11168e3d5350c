// Over real HTTP, without the gate: walks over the demo's channels meet every post.

#include "crawler/walk.h"

#include <algorithm>

#include "base/channel_name.h"
#include "crawler/curl_transport.h"
#include "crawler/page_url.h"
#include "demo/default_channels.h"
#include "demo/server.h"
#include "parser/page.h"
#include "support/catch.h"

using qanat::ChannelName;
using qanat::MessageId;
using qanat::crawler::Answer;
using qanat::crawler::CurlTransport;
using qanat::crawler::preview_url;
using qanat::crawler::Walk;
using qanat::crawler::WalkEnd;
using qanat::demo::Channel;
using qanat::demo::default_channels;
using qanat::demo::Server;

namespace {

const Channel& channel(std::string_view name) {
  return *std::ranges::find(default_channels(), name, &Channel::name);
}

std::vector<MessageId> ids_of(const Channel& channel) {
  std::vector<MessageId> ids;
  for (const auto& post : channel.posts) ids.push_back(post.id);
  return ids;
}

struct Walked {
  std::vector<MessageId> ids;  ///< ascending
  WalkEnd end = WalkEnd::no_progress;
  int pages = 0;
};

/// A visitor of the demo with a connection of its own.
class Visitor {
 public:
  explicit Visitor(const Server& server) : base_(server.url()) {
    transport_ = CurlTransport::create(
                     {.user_agent = "qanat-test", .allow_private_addresses = true, .proxy = ""})
                     .value();
  }

  Answer ask(const std::string& url) { return transport_->fetch({.url = url}).value(); }

  Walked walk(std::string_view name, std::optional<MessageId> settled, int budget = 50) {
    Walk walk(settled, budget);
    Walked walked;
    std::optional<WalkEnd> end;
    while (!end) {
      const Answer answer =
          ask(preview_url(base_, ChannelName::parse(name).value(), walk.before()));
      const auto page = qanat::parser::parse_page(answer.body).value();
      for (const auto& post : page.posts) walked.ids.push_back(post.id.message);
      end = walk.saw(page);
      ++walked.pages;
    }
    std::ranges::sort(walked.ids);
    walked.end = *end;
    return walked;
  }

 private:
  std::string base_;
  std::unique_ptr<CurlTransport> transport_;
};

std::unique_ptr<Server> start_server() { return Server::start(default_channels()).value(); }

}  // namespace

TEST_CASE("a first visit meets every post of a channel once, over real HTTP") {
  const auto server = start_server();
  Visitor visitor(*server);

  for (const char* name : {"ds_sobes_demo", "ask_cpp_demo", "media_parade_demo"}) {
    const Walked walked = visitor.walk(name, std::nullopt);
    INFO(name);
    CHECK(walked.ids == ids_of(channel(name)));
    CHECK(walked.end == WalkEnd::first_post);
    CHECK(walked.pages >= 3);
  }
}

TEST_CASE("a second visit without new posts costs one page") {
  const auto server = start_server();
  Visitor visitor(*server);
  const MessageId newest = channel("ds_sobes_demo").posts.back().id;

  const Walked walked = visitor.walk("ds_sobes_demo", newest);

  CHECK(walked.pages == 1);
  CHECK(walked.end == WalkEnd::met_known);
}

TEST_CASE("a visit after a silence of thirty posts goes back exactly as far as needed") {
  const auto server = start_server();
  Visitor visitor(*server);
  const auto& posts = channel("ds_sobes_demo").posts;
  const MessageId settled = posts[posts.size() - 31].id;

  const Walked walked = visitor.walk("ds_sobes_demo", settled);

  CHECK(walked.pages == 2);
  CHECK(walked.end == WalkEnd::met_known);
  CHECK(walked.ids.front() <= settled);
}

TEST_CASE("a visit with too small a budget says so") {
  const auto server = start_server();
  Visitor visitor(*server);

  CHECK(visitor.walk("ds_sobes_demo", std::nullopt, 2).end == WalkEnd::page_budget);
}

TEST_CASE("an empty channel is at its beginning after one page") {
  const auto server = start_server();
  Visitor visitor(*server);

  const Walked walked = visitor.walk("empty_room_demo", std::nullopt);

  CHECK(walked.end == WalkEnd::first_post);
  CHECK(walked.pages == 1);
}

TEST_CASE("a channel without preview and a free name both lead to their landing pages") {
  const auto server = start_server();
  Visitor visitor(*server);
  struct Case {
    const char* name;
    qanat::PageKind kind;
  };

  for (const auto& [text, kind] :
       {Case{.name = "closed_preview_demo", .kind = qanat::PageKind::landing_channel},
        Case{.name = "nobody_here_demo", .kind = qanat::PageKind::free_name}}) {
    const ChannelName name = ChannelName::parse(text).value();
    const Answer redirect = visitor.ask(preview_url(server->url(), name, std::nullopt));
    CHECK(redirect.status == 302);
    CHECK(qanat::crawler::leads_to_landing(redirect.location, name));
    const Answer landing = visitor.ask(qanat::crawler::landing_url(server->url(), name));
    CHECK(qanat::parser::parse_page(landing.body).value().kind == kind);
  }
}
