#include "record/json.h"
#include "support/catch.h"
#include "support/samples.h"

using namespace qanat;
using namespace qanat::record;

namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> out;
  for (const auto& [key, value] : object.items()) out.push_back(key);
  return out;
}

}  // namespace

TEST_CASE("every key of the record is in every row, in one order", "[record]") {
  const Json full = record_json(test::full_record());
  Record empty = test::full_record();
  empty.post = test::text_post(1, "");
  empty.verdict = {};

  CHECK(keys(full).front() == "schema");
  CHECK(keys(full).back() == "provenance");
  CHECK(keys(record_json(empty)) == keys(full));
  CHECK(keys(parsed_post_json(test::full_post())) == keys(full));
}

TEST_CASE("lists are empty and never null", "[record]") {
  const Json post = parsed_post_json(test::text_post(1, ""));

  for (const char* key : {"links",
                          "entities",
                          "hashtags",
                          "mentions",
                          "media",
                          "album",
                          "buttons",
                          "reactions",
                          "removed"}) {
    INFO(key);
    CHECK(post[key] == Json::array());
  }
}

TEST_CASE("offsets in JSON count code points", "[record]") {
  const Json json = record_json(test::full_record());

  CHECK(json["entities"][0]["start"] == 0);
  CHECK(json["entities"][0]["end"] == 1);  // 🔥 takes four bytes
  CHECK(json["entities"][1]["start"] == 2);
  CHECK(json["removed"][0]["start"] == 23);
  CHECK(json["removed"][0]["end"] == 53);
}

TEST_CASE("counts keep the text that the page showed", "[record]") {
  const Json json = record_json(test::full_record());

  CHECK(json["views"] == 12300);
  CHECK(json["views_text"] == "12.3K");
  CHECK(json["reactions"][1]["count"] == nullptr);
  CHECK(json["reactions"][1]["count_text"] == "много");
}

TEST_CASE("only a service post has a service kind", "[record]") {
  Post service = test::text_post(8, "Channel created");
  service.kind = PostKind::service;
  service.service = ServiceKind::created;

  CHECK(parsed_post_json(service)["service_kind"] == "created");
  CHECK(parsed_post_json(test::full_post())["service_kind"].is_null());
}

TEST_CASE("a post that nobody judged has no label", "[record]") {
  const Json json = parsed_post_json(test::full_post());

  for (const char* key : {"label", "outcome", "ad_probability", "answer", "provenance"}) {
    INFO(key);
    CHECK(json[key].is_null());
  }
}

TEST_CASE("a record is one line whatever its text holds", "[record]") {
  Record record = test::full_record();
  record.post.text = "a\nb\r\xFF\u2028";

  const std::string line = record_line(record);

  CHECK(line == dump_line(record_json(record)));
  CHECK(line.find('\n') == std::string::npos);
  CHECK(Json::parse(line)["text"] == "a\nb\r\uFFFD\u2028");
}
