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
                           "https://www.t.me/some_channel",
                           "https://t.me:443/some_channel",
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
                           "https://t.me/addstickers/some_channel",
                           "https://example.org/some_channel",
                           "https://some_channel",
                           "../../etc/passwd",
                           "a123456789012345678901234567890123"}) {
    INFO(text);
    CHECK_FALSE(ChannelName::parse(text));
  }
}

TEST_CASE("an address names a channel on Telegram's hosts alone", "[channel_name]") {
  CHECK(ChannelName::in_address("t.me/s/some_channel") == ChannelName::parse("some_channel"));
  CHECK(ChannelName::in_address("some_channel.t.me/12") == ChannelName::parse("some_channel"));
  for (const char* text :
       {"some_channel", "@some_channel", "https://some_channel", "mailto:a@t.me"}) {
    INFO(text);
    CHECK_FALSE(ChannelName::in_address(text));
  }
}

TEST_CASE("two spellings of a name are the same channel", "[channel_name]") {
  CHECK(ChannelName::parse("@Durov") == ChannelName::parse("t.me/durov"));
}
