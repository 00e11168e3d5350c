#include <algorithm>
#include <fstream>
#include <set>

#include "base/channel_name.h"
#include "demo/default_channels.h"
#include "demo/text_markup.h"
#include "support/catch.h"
#include "support/files.h"

using qanat::Label;
using qanat::Outcome;
using qanat::demo::Channel;
using qanat::demo::default_channels;
using qanat::demo::DemoPost;
using qanat::demo::load_channels;
using qanat::demo::Service;

namespace {

const Channel& channel(std::string_view name) {
  const auto found = std::ranges::find(default_channels(), name, &Channel::name);
  REQUIRE(found != default_channels().end());
  return *found;
}

std::ptrdiff_t count_of(const Channel& among, Label label) {
  return std::ranges::count(
      among.posts, label, [](const DemoPost& post) { return post.truth.label; });
}

qanat::Result<std::vector<Channel>> load_text(std::string_view text) {
  const qanat::test::TemporaryFolder folder;
  std::ofstream(folder.file("broken.toml")) << text;
  return load_channels(folder.path());
}

constexpr std::string_view kFacts =
    "[channel]\nslug = \"x_channel\"\ntitle = \"X\"\nnumeric_id = 1\n";

}  // namespace

TEST_CASE("the demo has the channels that the quick start counts on") {
  CHECK(channel("ds_sobes_demo").posts.size() >= 65);
  CHECK(channel("ask_cpp_demo").posts.size() >= 45);
  CHECK(channel("media_parade_demo").posts.size() >= 30);
  CHECK(channel("empty_room_demo").posts.empty());
  CHECK_FALSE(channel("closed_preview_demo").preview);
}

TEST_CASE("the list for import names every channel and nothing else") {
  std::set<std::string> listed;
  std::ifstream file(qanat::demo::default_channels_folder().parent_path() / "channels.txt");
  for (std::string line; std::getline(file, line);) {
    const std::string name = line.substr(0, line.find_first_of("# "));
    if (!name.empty()) listed.insert(name);
  }

  std::set<std::string> served;
  for (const Channel& each : default_channels()) served.insert(each.name);
  CHECK(listed == served);
}

TEST_CASE("both Q&A channels hold posts of every label") {
  for (const char* name : {"ds_sobes_demo", "ask_cpp_demo"}) {
    INFO(name);
    CHECK(count_of(channel(name), Label::qa) >= 25);
    CHECK(count_of(channel(name), Label::ad) >= 6);
    CHECK(count_of(channel(name), Label::mixed) >= 5);
    CHECK(count_of(channel(name), Label::other) >= 4);
  }
}

TEST_CASE("every true removal stands in its post's text, in order and apart") {
  for (const Channel& each : default_channels()) {
    for (const DemoPost& post : each.posts) {
      const std::string text = qanat::demo::plain_text(post.text);
      std::size_t from = 0;
      for (const auto& removal : post.truth.removed) {
        INFO(each.name << "/" << post.id << ": " << removal.text);
        const std::size_t at = text.find(removal.text, from);
        REQUIRE(at != std::string::npos);
        from = at + removal.text.size();
      }
    }
  }
}

TEST_CASE("label, outcome and removals of a post agree") {
  for (const Channel& each : default_channels()) {
    for (const DemoPost& post : each.posts) {
      INFO(each.name << "/" << post.id);
      const auto& truth = post.truth;
      const bool loses_ad = std::ranges::any_of(truth.removed, [](const auto& removal) {
        return removal.kind == qanat::RemovedKind::ad;
      });
      CHECK(loses_ad == (truth.label == Label::mixed));
      CHECK((truth.outcome == Outcome::ad_only) == (truth.label == Label::ad));
      if (truth.outcome == Outcome::clean) CHECK(truth.removed.empty());
      if (truth.outcome == Outcome::stripped) CHECK_FALSE(truth.removed.empty());
    }
  }
}

TEST_CASE("a channel's name is its slug in lower case and a valid username") {
  for (const Channel& each : default_channels()) {
    INFO(each.slug);
    const auto name = qanat::ChannelName::parse(each.slug);
    REQUIRE(name.has_value());
    CHECK(name->str() == each.name);
  }
}

TEST_CASE("dates ascend with the ids, and only service posts have no views") {
  for (const Channel& each : default_channels()) {
    for (std::size_t i = 1; i < each.posts.size(); ++i) {
      INFO(each.name << "/" << each.posts[i].id);
      CHECK(each.posts[i - 1].date < each.posts[i].date);
      CHECK(each.posts[i].views.empty() == (each.posts[i].service != Service::none));
    }
  }
}

TEST_CASE("a signature is appended and is a removal") {
  const auto loaded = load_text(std::string(kFacts) +
                                "signature = \"<b>footer</b>\"\n[[post]]\nid = 1\n"
                                "date = \"2026-01-01T00:00:00Z\"\ntext = \"Q. A.\"\n"
                                "signature = true\nexpect = { label = \"qa\" }\n");

  REQUIRE(loaded.has_value());
  const DemoPost& post = loaded->at(0).posts.at(0);
  CHECK(post.text == "Q. A.\n\n<b>footer</b>");
  CHECK(post.truth.outcome == Outcome::stripped);
  CHECK(post.truth.removed.at(0).text == "footer");
}

TEST_CASE("a broken channel file is refused with file, line and reason") {
  const std::string facts(kFacts);
  struct Case {
    std::string text;
    std::string line;
    std::string reason;
  };
  for (const auto& [text, line, reason] : {
           Case{"title = \"X\"\n", "", "unknown key \"title\""},
           Case{"[channel]\nslug = 3\n", ":2: ", "slug must be a string"},
           Case{"[channel\n", ":1: ", ""},
           Case{facts + "[[post]]\nid = 1\n", ":5: ", "date must be like"},
           Case{facts + "[[post]]\nid = 1\ndate = \"2026-01-01T00:00:00Z\"\ncolour = 1\n",
                ":8: ",
                "unknown key \"colour\""},
           Case{facts + "[[post]]\nid = 1\ndate = \"2026-01-01T00:00:00Z\"\n"
                        "expect = { label = \"advert\" }\n",
                ":8: ",
                "label does not know \"advert\""},
           Case{facts + "[[post]]\nid = 2\ndate = \"2026-01-01T00:00:00Z\"\n"
                        "[[post]]\nid = 2\ndate = \"2026-01-01T00:00:00Z\"\n",
                ":8: ",
                "ids must ascend"},
       }) {
    const auto loaded = load_text(text);
    REQUIRE_FALSE(loaded.has_value());
    CHECK_THAT(loaded.error().message,
               Catch::Contains("broken.toml" + line) && Catch::Contains(reason));
  }
}

TEST_CASE("a folder without channels is refused") {
  const qanat::test::TemporaryFolder folder;

  CHECK_THAT(load_channels(folder.path()).error().message, Catch::Contains("holds no channel"));
  CHECK_FALSE(load_channels(folder.path() / "absent").has_value());
}
