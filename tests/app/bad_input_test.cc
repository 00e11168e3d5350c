#include <cstdlib>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

#include "program.h"
#include "support/catch.h"

using qanat::test::Answer;
using qanat::test::Program;

namespace {

/// A program with a database of its own.
void init(Program& program) {
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
}

/// Writes a number into SQLite's header: user_version stands at 60, application_id at 68.
void patch(const std::string& path, std::streamoff at, const std::string& bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(at);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  REQUIRE(file.good());
}

/// Root may write everything; while this lives, root is nobody.
class WithoutPrivileges {
 public:
  WithoutPrivileges() {
    if (geteuid() == 0) REQUIRE(seteuid(kNobody) == 0);
  }
  ~WithoutPrivileges() {
    if (getuid() == 0 && seteuid(0) != 0) std::abort();
  }
  WithoutPrivileges(const WithoutPrivileges&) = delete;
  WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
};

}  // namespace

TEST_CASE("a page that is not a channel's prints no post, says what it is, and is no error") {
  Program program;

  const Answer answer = program.run({"parse", "-"}, "<html><body><p>Hello</p></body></html>");

  CHECK(answer.code == 0);
  CHECK(answer.out.empty());
  CHECK(answer.err.find("standard input: not a channel page but `unknown`") == 0);
}

TEST_CASE("labels of the same post twice end with 2, file and line") {
  Program program;
  const std::string line = R"({"id":"a","channel":"one","text":"x","label":"qa"})";
  const std::string file = program.write("labelled.jsonl", line + "\n" + line + "\n");

  for (const auto& arguments : {std::vector<std::string>{"audit", "evaluate", file},
                                {"rules", "stats", file},
                                {"rules", "learn", file, "--out", program.path("weights.toml")}}) {
    CAPTURE(arguments);
    const Answer answer = program.run(arguments);
    CHECK(answer.code == 2);
    CHECK(answer.err.find("labelled.jsonl:2: `id` a is already that of line 1") !=
          std::string::npos);
  }
}

TEST_CASE("an unreadable page ends with 1 and names the file") {
  Program program;
  const std::string empty = program.write("empty.html", "");
  std::string deep = "<html><body>";
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  const std::string nested = program.write("nested.html", deep);

  for (const std::string& file : {empty, nested}) {
    CAPTURE(file);
    const Answer answer = program.run({"parse", "--page", file});
    CHECK(answer.code == 1);
    CHECK(answer.out.empty());
    CHECK(answer.err.starts_with("qanat: " + file + ": "));
    CHECK(answer.err.find("https://t.me/s/some_channel") != std::string::npos);
  }
}

TEST_CASE("a file that is not there ends every command with 2 and the same words") {
  Program program;
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  const std::string missing = program.path("missing");
  const std::string folder = program.path("folder");
  program.write("folder/file", "");
  const std::string secret = program.write("secret", "");
  REQUIRE(chmod(secret.c_str(), 0) == 0);
  REQUIRE(chmod(program.path(".").c_str(), 0777) == 0);

  const WithoutPrivileges nobody;
  for (const auto& command : {std::vector<std::string>{"parse"},
                              {"classify"},
                              {"audit", "evaluate"},
                              {"channels", "import"}}) {
    CAPTURE(command.front());
    const auto on = [&](const std::string& file) {
      std::vector<std::string> arguments = command;
      arguments.push_back(file);
      const Answer answer = program.configured(arguments);
      CHECK(answer.code == 2);
      return answer.err;
    };
    CHECK(on(missing) == "qanat: " + missing + ": no such file; check the path\n");
    CHECK(on(folder) == "qanat: " + folder + ": is a folder; name a file in it\n");
    CHECK(on(secret) == "qanat: " + secret +
                            ": cannot be opened: Permission denied; check the path and its "
                            "permissions\n");
  }
}

TEST_CASE("a page of 50 MB is refused before it is read") {
  Program program;
  const std::string huge = program.path("huge.html");
  std::ofstream(huge).close();
  REQUIRE(truncate(huge.c_str(), 50'000'000) == 0);

  const Answer answer = program.run({"parse", huge});

  CHECK(answer.code == 1);
  CHECK(answer.err.find(huge + ": more than 8MiB; no page of Telegram is that large") !=
        std::string::npos);
}

TEST_CASE("a page that is cut short or not UTF-8 gives what can be read") {
  Program program;

  const Answer cut = program.run({"parse", "--page", "-"}, "<html><body><div class=\"tgme_page");
  const Answer bytes =
      program.run({"parse", "--page", "-"}, "<html><body>\xff\xfe\xc3</body></html>");

  CHECK(cut.code == 0);
  CHECK(cut.err.find("the page ends early") != std::string::npos);
  CHECK(program.run({"parse", "-"}, "<html><body><div class=\"tgme_page")
            .err.find("the page ends early") != std::string::npos);
  CHECK(bytes.code == 0);
  CHECK(bytes.err.find("utf-8") != std::string::npos);
}

TEST_CASE("a missing database is an error that names init") {
  Program program;
  program.write("qanat.toml", "");

  const Answer answer = program.configured({"posts"});

  CHECK(answer.code == 2);
  CHECK(answer.err.find(program.path("qanat.db")) != std::string::npos);
  CHECK(answer.err.find("qanat init") != std::string::npos);
}

TEST_CASE("a file that is no database, or another program's, is left alone with 4") {
  Program program;
  init(program);
  const std::string text = program.write("notes.db", std::string(5000, 'x'));
  patch(program.path("qanat.db"), 68, "\x12\x34\x56\x78");

  const Answer no_database = program.configured({"--store", text, "posts"});
  const Answer foreign = program.configured({"channels", "add", "some_channel"});

  CHECK(no_database.code == 4);
  CHECK(no_database.err.find(text) != std::string::npos);
  CHECK(foreign.code == 4);
  CHECK(foreign.err.find(program.path("qanat.db")) != std::string::npos);
}

TEST_CASE("a database of a newer version is left alone with 4") {
  Program program;
  init(program);
  patch(program.path("qanat.db"), 60, std::string("\0\0\x27\x0f", 4));

  const Answer answer = program.configured({"channels", "add", "some_channel"});

  CHECK(answer.code == 4);
  CHECK(answer.err.find("newer") != std::string::npos);
}

TEST_CASE("a database that may only be read is read; a write says why it cannot be") {
  Program program;
  init(program);
  const std::string folder = program.path(".");
  REQUIRE(chmod(program.path("qanat.db").c_str(), 0444) == 0);
  REQUIRE(chmod(folder.c_str(), 0777) == 0);

  const WithoutPrivileges nobody;
  const Answer read = program.configured({"posts", "--json"});
  const Answer write = program.configured({"channels", "add", "some_channel"});

  CHECK(read.code == 0);
  CHECK(write.code == 1);
  CHECK(write.err.find(program.path("qanat.db")) != std::string::npos);
}

TEST_CASE("a broken rule pack ends with 78, its place and every fault") {
  Program program;
  program.write("qanat.toml", "");
  program.write("packs/10-a.toml",
                "[[rule]]\nid = \"a.b\"\nlabel = \"ad\"\nany = ['(']\nbogus = 1\n");

  for (const auto& arguments :
       {std::vector<std::string>{"rules", "test", program.path("packs")},
        {"classify", "-", "--rules", program.path("packs")},
        {"config", "check", "--set", "rules.dir=" + program.path("packs")}}) {
    CAPTURE(arguments.front());
    const Answer answer = program.configured(arguments);
    CHECK(answer.code == 78);
    CHECK(answer.err.find("10-a.toml:") != std::string::npos);
  }
  const Answer lint = program.configured({"rules", "lint", program.path("packs")});
  CHECK(lint.code == 78);
  CHECK(lint.out.find("10-a.toml:") != std::string::npos);
  CHECK(lint.out.find("error") != std::string::npos);
}

TEST_CASE("rules lint warns of a file whose name keeps it from being read") {
  Program program;
  program.write("qanat.toml", "");
  program.write("packs/pack.toml", "id = 'a'\nversion = '1.0.0'\nschema = 1\n");
  program.write("packs/10-a.toml",
                "[[rule]]\nid = 'a.b'\nlabel = 'ad'\nstatus = 'shadow'\n"
                "weight = { init = 1 }\nany = ['да']\n");
  program.write("packs/20-b.tml", "[[rule]]\n");

  const Answer lint = program.configured({"rules", "lint", program.path("packs")});

  CHECK(lint.code == 0);
  CHECK(lint.out.starts_with("20-b.tml:1:1: warning: no command reads this file; "));
  CHECK(lint.err == "2 files, 0 errors, 1 warning\n");
}

TEST_CASE("output that cannot be written is a failure, not silence") {
  Program program;
  program.write("qanat.toml", "");

  const Answer answer = program.configured({"export", "jsonl", "-o", "/nowhere/at/all.jsonl"});

  CHECK(answer.code != 0);
}
