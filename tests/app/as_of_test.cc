// A set that is exported as of an earlier moment, beside the one that was exported then.

#include <array>

#include "crawl_world.h"
#include "program.h"

using namespace qanat;
using namespace qanat::test;
using namespace std::chrono_literals;

namespace {

/// A body with a link, so that handles of channels and of people are in it.
std::string body_with_handle(const std::string& handle) {
  return R"(<div class="tgme_widget_message_text">Ask <a href="https://t.me/)" + handle + "\">@" +
         handle + "</a></div>";
}

class ExportedWorld {
 public:
  ExportedWorld() {
    program_.write("qanat.toml", "[store]\npath = '" + world.folder.file("qanat.db") + "'\n");
    world.recheck = 240h;
    world.follow("some_channel");
    world.telegram.channels["some_channel"] = posts(12);
    world.telegram.channels["some_channel"][3] = body_with_handle("later_channel");
  }

  void crawl() { REQUIRE(world.crawl({ChannelName::parse("some_channel").value()})); }

  /// The bytes of an export, in every format that is one file.
  std::vector<std::string> exported(const std::vector<std::string>& options = {}) {
    constexpr std::array kFormats{"jsonl", "csv", "parquet", "sqlite"};
    std::vector<std::string> out;
    for (const std::string format : kFormats) {
      const std::string file = program_.path("set." + format);
      std::vector<std::string> arguments{"export", format, "-o", file};
      arguments.insert(arguments.end(), options.begin(), options.end());
      const Answer answer = program_.configured(arguments);
      CAPTURE(answer.err);
      REQUIRE(answer.code == 0);
      out.push_back(read_file(file));
    }
    return out;
  }

  CrawlWorld world;

 private:
  Program program_;
};

}  // namespace

TEST_CASE("an export as of a moment is, byte by byte, the one that was made then", "[as of]") {
  ExportedWorld exports;
  CrawlWorld& world = exports.world;
  exports.crawl();
  const auto then = exports.exported();
  const auto then_few = exports.exported({"--label", "other", "--max-length", "6"});
  const std::string moment = format_instant(world.clock.now());

  auto& shown = world.telegram.channels["some_channel"];
  world.clock.advance(24h);
  world.telegram.views = "1.2K";
  shown[2] = "post 2, mended";
  shown[4] = "post 5";
  shown[13] = "a new one";
  shown.erase(7);
  exports.crawl();
  world.clock.advance(1h);
  world.follow("later_channel");
  shown[2] = "post 2";
  exports.crawl();

  const auto now = exports.exported();
  for (std::size_t i = 0; i < then.size(); ++i) CHECK(now[i] != then[i]);
  CHECK(exports.exported({"--as-of", moment}) == then);
  CHECK(exports.exported({"--as-of", moment, "--label", "other", "--max-length", "6"}) == then_few);
}
