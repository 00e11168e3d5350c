#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "program.h"
#include "store/store.h"
#include "support/catch.h"
#include "support/samples.h"

/// A store with posts to label.
namespace qanat::test {

/// A judged post whose blocks are its paragraphs.
inline store::JudgedPost judged_post(MessageId message, std::string text, Label label) {
  store::JudgedPost out{.post = text_post(message, std::move(text))};
  const std::string& whole = out.post.text;
  for (std::size_t begin = 0; begin < whole.size();) {
    const std::size_t gap = whole.find("\n\n", begin);
    const std::size_t end = gap == std::string::npos ? whole.size() : gap + 2;
    out.verdict.blocks.push_back({.span = {.begin = begin, .end = end}, .flip = {}});
    begin = end;
  }
  out.content_sha256 = content_sha256(out.post);
  out.verdict.label = label;
  out.verdict.outcome = label == Label::ad ? Outcome::ad_only : Outcome::clean;
  out.verdict.ad_probability = label == Label::ad ? 0.9 : 0.2;
  out.verdict.ruleset = "sha256:" + std::string(64, '0');
  out.normalized.lang = "ru";
  return out;
}

inline void keep_posts(Program& program, std::vector<store::JudgedPost> posts) {
  auto store = store::Store::open(program.path("qanat.db"), store::Access::read_write);
  REQUIRE(store);
  const Instant now = parse_instant("2026-07-25T00:00:00Z").value();
  REQUIRE(store->keep_page({.channel = ChannelName::parse("some_channel").value(),
                            .provenance = {.snapshot = "sha256:" + std::string(64, '1'),
                                           .fetched_at = now,
                                           .host = "t.me",
                                           .parser = "1",
                                           .ruleset = "sha256:" + std::string(64, '0')},
                            .posts = std::move(posts)},
                           now));
}

/// Three posts of some_channel: 1 a question, 2 an ad, 3 two paragraphs.
inline void fill_three(Program& program) {
  REQUIRE(program.run({"init", "--config", program.path("qanat.toml")}).code == 0);
  REQUIRE(program.configured({"channels", "add", "some_channel"}).code == 0);
  keep_posts(program,
             {judged_post(1, "Почему небо голубое?\nИз-за рассеяния.", Label::qa),
              judged_post(2, "Купи слона со скидкой", Label::ad),
              judged_post(3, "Разбор задачи.\n\nПриходи на курс!", Label::qa)});
}

/// The ids in a file that `audit label FILE` takes.
inline std::string ids_file(Program& program, std::string_view ids) {
  return program.write("ids.txt", std::string(ids));
}

}  // namespace qanat::test
