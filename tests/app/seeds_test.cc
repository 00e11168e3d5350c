#include <filesystem>

#include <nlohmann/json.hpp>

#include "program.h"
#include "store/store.h"
#include "support/catch.h"
#include "support/files.h"

using Catch::Matchers::Contains;
using qanat::test::Answer;
using qanat::test::Program;

namespace {

std::vector<std::string> followed(Program& program) {
  const Answer answer = program.configured({"channels", "list", "--json"});
  std::vector<std::string> names;
  const auto listing = nlohmann::json::parse(answer.out);
  for (const auto& row : listing.at("channels")) names.push_back(row.at("channel"));
  return names;
}

}  // namespace

TEST_CASE("init makes a folder with a configuration and a database that work") {
  Program program;

  const Answer answer = program.run({"init", program.path("mine")});

  CHECK(answer.code == 0);
  CHECK(answer.out.empty());
  const std::string config = program.path("mine/qanat.toml");
  CHECK(answer.err.find("qanat --config " + config + " channels add") != std::string::npos);
  CHECK(program.run({"--config", config, "posts"}).code == 0);
  CHECK(std::filesystem::exists(program.path("mine/qanat.db")));
}

TEST_CASE("init refuses to overwrite and changes nothing") {
  Program program;
  const std::string config = program.write("mine/qanat.toml", "# precious\n");
  const std::string mine = program.write("mine/qanat.db", "precious");
  const std::string other = program.write("other/qanat.db", "precious");

  const Answer first = program.run({"init", program.path("mine")});
  const Answer second = program.run({"init", program.path("other")});

  CHECK(first.code == 2);
  CHECK(first.err.find("nothing was changed") != std::string::npos);
  CHECK(qanat::test::read_file(config) == "# precious\n");
  CHECK(qanat::test::read_file(mine) == "precious");
  CHECK(second.code == 2);
  CHECK(qanat::test::read_file(other) == "precious");
  CHECK_FALSE(std::filesystem::exists(program.path("other/qanat.toml")));
}

TEST_CASE("where a configuration has no database, the error names the command that makes it") {
  Program program;
  const std::string config = program.write("etc/q.toml", "[store]\npath = '../data/q.db'\n");
  const std::string before = qanat::test::read_file(config);
  const Answer lost = program.run({"posts", "--config", config});
  REQUIRE(lost.code == 2);
  REQUIRE_THAT(lost.err,
               Contains("data/q.db: no such file; bring it back, or create an empty one with "
                        "`qanat init --config " +
                        config + "`\n"));

  const Answer made = program.run({"init", "--config", config});

  CHECK(made.code == 0);
  CHECK_THAT(made.err, Contains(config + " (as it was)\n"));
  CHECK(qanat::test::read_file(config) == before);
  CHECK(std::filesystem::exists(program.path("data/q.db")));
  CHECK(program.run({"posts", "--config", config}).code == 0);
}

TEST_CASE("init beside a database that has lost its configuration writes that one") {
  Program program;
  REQUIRE(program.run({"init", program.path("mine")}).code == 0);
  REQUIRE(program.run({"channels", "add", "room_one", "--config", program.path("mine/qanat.toml")})
              .code == 0);
  std::filesystem::remove(program.path("mine/qanat.toml"));

  const Answer answer = program.run({"init", "--config", program.path("mine/qanat.toml")});

  CHECK(answer.code == 0);
  CHECK_THAT(answer.err, Contains("mine/qanat.db (as it was)\n"));
  CHECK_THAT(program.run({"channels", "list", "--config", program.path("mine/qanat.toml")}).out,
             Contains("room_one"));
}

TEST_CASE("init beside a configuration that lacks its database refuses what is not in it") {
  Program program;
  const std::vector<std::string> line = {"init",
                                         "--config",
                                         program.path("qanat.toml"),
                                         "--store",
                                         program.path("q.db"),
                                         "--set",
                                         "crawl.rate=0.5"};
  REQUIRE(program.run(line).code == 0);
  for (const char* part : {"q.db", "q.db-wal", "q.db-shm"}) {
    std::filesystem::remove(program.path(part));
  }
  std::vector<std::string> faster = line;
  faster.back() = "crawl.rate=2";

  const Answer other = program.run(faster);

  CHECK(other.code == 2);
  CHECK_THAT(other.err, Contains("with another `crawl.rate`; nothing was changed"));
  CHECK_FALSE(std::filesystem::exists(program.path("q.db")));
  CHECK(program.run(line).code == 0);
  CHECK(std::filesystem::exists(program.path("q.db")));
}

TEST_CASE("init does not take the log of a database that is gone for a new one's") {
  Program program;
  const std::string log = program.write("mine/qanat.db-wal", "the latest posts");

  const Answer answer = program.run({"init", program.path("mine")});

  CHECK(answer.code == 2);
  CHECK_THAT(answer.err, Contains(log + ": there is the log of a database"));
  CHECK(qanat::test::read_file(log) == "the latest posts");
}

TEST_CASE("a database named for one call is not told to be made where a configuration is") {
  Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);

  const Answer typo = program.configured({"posts", "--store", program.path("qanat.bd")});
  const Answer fresh = program.run({"posts", "--store", program.path("new.db")});

  CHECK(typo.code == 2);
  CHECK_THAT(typo.err, Contains("named by --store: check the path"));
  CHECK_THAT(fresh.err, Contains("`qanat init --store " + program.path("new.db") + "`"));
}

TEST_CASE("init keeps its settings in the file, with paths that hold in any folder") {
  Program program;
  const std::string config = program.path("etc/q.toml");

  const Answer made = program.run({"init",
                                   "--config",
                                   config,
                                   "--store",
                                   program.path("data/q.db"),
                                   "--set",
                                   "crawl.rate=0.5",
                                   "--set",
                                   "crawl.ca_file=own.pem"});
  const Answer shown = program.run({"--config", config, "config", "show", "--json"});

  REQUIRE(made.code == 0);
  const auto settings = nlohmann::json::parse(shown.out).at("settings");
  const auto value = [&](const std::string& key) {
    for (const auto& setting : settings) {
      if (setting.at("key") == key) return setting.at("value");
    }
    return nlohmann::json();
  };
  CHECK(value("store.path") == program.path("data/q.db"));
  CHECK(value("store.archive") == program.path("data/archive"));
  CHECK(value("crawl.rate") == 0.5);
  CHECK(value("crawl.ca_file") == std::filesystem::absolute("own.pem").string());
}

TEST_CASE("certificates that cannot be read are an error of the configuration") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});

  const Answer checked =
      program.configured({"--set", "crawl.ca_file=/no/such.pem", "config", "check"});

  CHECK(checked.code == 78);
  CHECK(checked.err.find("`crawl.ca_file`: /no/such.pem") != std::string::npos);
}

TEST_CASE("the daemon waits for a database that is not there yet") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});
  std::filesystem::remove(program.path("qanat.db"));

  const Answer answer = program.configured({"--set", "crawl.contact=me@example.org", "run"});

  CHECK(answer.code == 75);
  CHECK(answer.err.find("qanat.db: no such file") != std::string::npos);
}

TEST_CASE("init with a wrong setting writes nothing") {
  Program program;

  const Answer answer = program.run({"init", program.path("mine"), "--set", "crawl.rat=1"});

  CHECK(answer.code == 2);
  CHECK_FALSE(std::filesystem::exists(program.path("mine")));
}

TEST_CASE("channels are followed by any spelling of their name, once") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});

  const Answer first = program.configured(
      {"channels", "add", "@Some_Channel", "https://t.me/s/another_one?before=3"});
  const Answer again = program.configured({"channels", "add", "some_channel"});

  CHECK(first.code == 0);
  CHECK(first.err == "2 channels added\n");
  CHECK(again.code == 0);
  CHECK(again.err.find("some_channel: already followed") == 0);
  CHECK(followed(program) == std::vector<std::string>{"another_one", "some_channel"});
}

TEST_CASE("one wrong name adds no channel at all") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});

  const Answer answer = program.configured({"channels", "add", "some_channel", "what?"});

  CHECK(answer.code == 2);
  CHECK(answer.err.find("`what?` is not a channel") != std::string::npos);
  CHECK(followed(program).empty());
}

TEST_CASE("a removed channel is no longer followed; removing a stranger is an error") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});
  program.configured({"channels", "add", "some_channel", "another_one"});

  const Answer removed = program.configured({"channels", "remove", "some_channel"});
  const Answer stranger = program.configured({"channels", "remove", "stranger"});

  CHECK(removed.code == 0);
  CHECK(followed(program) == std::vector<std::string>{"another_one"});
  CHECK(stranger.code == 2);
  CHECK(stranger.err.find("stranger: not followed") != std::string::npos);
}

TEST_CASE("a stranger among channels to remove leaves all of them followed") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});
  program.configured({"channels", "add", "some_channel"});

  const Answer answer = program.configured({"channels", "remove", "some_channel", "stranger"});

  CHECK(answer.code == 2);
  CHECK(answer.err ==
        "qanat: stranger: not followed; see `qanat channels list`. None was removed\n");
  CHECK(followed(program) == std::vector<std::string>{"some_channel"});
}

TEST_CASE("a run is named by its number, and anything else is told so") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});

  const Answer answer = program.configured({"runs", "show", "abc"});

  CHECK(answer.code == 2);
  CHECK(answer.err.find("`abc` is not a whole number, 1 or more") != std::string::npos);
}

TEST_CASE("a list is imported whole, with notes and blank lines, or not at all") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});
  const std::string wrong = program.write("wrong.txt", "some_channel\nno way\n\nx\n");

  const Answer refused = program.configured({"channels", "import", wrong});
  CHECK(refused.code == 2);
  CHECK(refused.err.find(wrong + ":2: ") != std::string::npos);
  CHECK(refused.err.find(wrong + ":4: ") != std::string::npos);
  CHECK(followed(program).empty());

  const Answer taken = program.configured(
      {"channels", "import", "-"}, "# my seeds\n\nsome_channel  # since May\r\n@another_one\n");
  CHECK(taken.code == 0);
  CHECK(followed(program).size() == 2);
}

TEST_CASE("a list may begin with a byte order mark") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});

  const Answer answer =
      program.configured({"channels", "import", "-"}, "\xEF\xBB\xBFsome_channel\n");

  CHECK(answer.code == 0);
  CHECK(followed(program) == std::vector<std::string>{"some_channel"});
}

TEST_CASE("the list of channels shows the ids that no walk has read") {
  using namespace qanat;
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});
  program.configured({"channels", "add", "some_channel", "another_one"});
  {
    auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write).value();
    for (const store::Gap& gap : {store::Gap{.low = 50, .high = 70, .cause = "run budget"},
                                  store::Gap{.low = 1, .high = 10, .cause = "page budget"}}) {
      REQUIRE(store.keep_page({.channel = ChannelName::parse("some_channel").value(), .gap = gap},
                              Instant{}));
    }
  }

  const Answer text = program.configured({"channels", "list"});
  const Answer json = program.configured({"channels", "list", "--json"});

  CHECK(text.out.find("31: 1-10, 50-70") != std::string::npos);
  CHECK(text.err.find("--backfill` fetches") != std::string::npos);
  const auto channels = nlohmann::json::parse(json.out).at("channels");
  CHECK(channels.at(0).at("unread_ids") == 0);
  CHECK(channels.at(0).at("gaps").empty());
  CHECK(channels.at(0).at("username") == "");
  CHECK(channels.at(1).at("unread_ids") == 31);
  CHECK(channels.at(1).at("gaps").at(0) ==
        nlohmann::json({{"low", 1}, {"high", 10}, {"cause", "page budget"}}));
}

TEST_CASE("init in an impossible place names a remedy") {
  Program program;
  const std::string file = program.write("file", "");

  const Answer below_file = program.run({"init", file + "/mine"});
  const Answer nowhere = program.run({"init", "/proc/nowhere"});

  for (const Answer& answer : {below_file, nowhere}) {
    CHECK(answer.code == 1);
    CHECK(answer.err.find("; name a folder that you may write to, such as `qanat init "
                          "my-collection`\n") != std::string::npos);
  }
}

TEST_CASE("crawl names the remedy for a channel that is not followed") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});

  const Answer answer = program.configured({"crawl", "stranger"});

  CHECK(answer.code == 2);
  CHECK(answer.err.find("`qanat channels add stranger`") != std::string::npos);
}

TEST_CASE("crawl without any channel says so and asks nobody") {
  Program program;
  program.run({"init", "--config", program.path("qanat.toml")});

  const Answer answer = program.configured({"crawl", "--json"});

  CHECK(answer.code == 0);
  CHECK(answer.err.find("no channel is followed yet") != std::string::npos);
  CHECK(nlohmann::json::parse(answer.out).at("totals").at("requests") == 0);
}
