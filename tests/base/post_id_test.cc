#include "base/post_id.h"

#include "support/catch.h"

using namespace qanat;

TEST_CASE("a post's name is read back from its text, and from its address", "[post id]") {
  const PostId id{.channel = ChannelName::parse("some_channel").value(), .message = 1020};

  CHECK(parse_post_id(id.str()) == id);
  CHECK(parse_post_id("https://t.me/Some_Channel/1020") == id);
}

TEST_CASE("what names no post is nothing", "[post id]") {
  for (const char* text : {"",
                           "some_channel",
                           "some_channel/",
                           "some_channel/0",
                           "some_channel/-3",
                           "some_channel/12a",
                           "some_channel/99999999999999999999",
                           "some_channel/9223372036854775807",
                           "some_channel/9007199254740992",
                           "/7",
                           "no channel/7"}) {
    INFO(text);
    CHECK_FALSE(parse_post_id(text));
  }
}
