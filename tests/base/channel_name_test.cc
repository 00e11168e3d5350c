#include "base/channel_name.h"

#include "support/catch.h"

using qanat::ChannelName;

TEST_CASE("a channel is named by its username or by any address of it", "[channel_name]") {
  for (const char* text : {"Some_Channel",
                           "@some_channel",
                           "https://t.me/some_channel",
                           "http://t.me/s/SOME_channel",
                           "t.me/some_channel/1020?single",
                           "https://t.me/s/some_channel?before=20",
                           "telegram.me/some_channel",
                           "https://telegram.dog/some_channel/",
                           "some_channel.t.me"}) {
    INFO(text);
    const auto name = ChannelName::parse(text);

    REQUIRE(name);
    CHECK(name->str() == "some_channel");
  }
}

TEST_CASE("what is no username names no channel", "[channel_name]") {
  for (const char* text : {"",
                           "@",
                           "abc",
                           "1abcd",
                           "some channel",
                           "имя_канала",
                           "_private",
                           "https://t.me/+AbCdEf123",
                           "https://t.me/joinchat/",
                           "https://t.me/",
                           "https://example.org/some_channel",
                           "../../etc/passwd",
                           "a123456789012345678901234567890123"}) {
    INFO(text);
    CHECK_FALSE(ChannelName::parse(text));
  }
}

TEST_CASE("two spellings of a name are the same channel", "[channel_name]") {
  CHECK(ChannelName::parse("@Durov") == ChannelName::parse("t.me/durov"));
}
