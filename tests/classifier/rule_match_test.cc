#include <array>
#include <future>

#include "rule_pack_sample.h"
#include "support/catch.h"

using namespace qanat;
using namespace qanat::classifier;
using namespace qanat::test;

namespace {

using Ids = std::vector<std::string>;

Unit unit_with(Scope scope, std::string_view text) {
  return {.evidence = {{.scope = scope, .text = text, .span = std::nullopt}}};
}

double& feature(Unit& unit, Feature which) {
  return unit.features.at(static_cast<std::size_t>(which));
}

}  // namespace

TEST_CASE("a hit says where it stands in the post, as written", "[rules]") {
  const RuleSet rules = compiled(pack_of(rule("a.b", "any = ['скидк[аи]']")));
  const std::vector<std::string> blocks{"Привет!", "Только СКИ\u200BДКА сегодня"};

  const PostMatches matches = rules.match(post_of(blocks));

  CHECK(matches.blocks.at(0).empty());
  REQUIRE(matches.blocks.at(1).size() == 1);
  const RuleMatch& match = matches.blocks[1].front();
  CHECK(match.text == "СКИ\u200BДКА");
  const std::size_t begin = blocks[0].size() + 2 + std::string("Только ").size();
  CHECK(match.span == Span{begin, begin + match.text.size()});
  CHECK(match.weight == 1000);
}

TEST_CASE("a rule looks only where it says", "[rules]") {
  const RuleSet rules = compiled(pack_of(rule("a.b", "in = ['button.text']\nany = ['купить']")));
  PostView post{.channel = "", .lang = "ru"};
  post.blocks.push_back(unit_with(Scope::text, "купить"));
  post.whole = unit_with(Scope::button_text, "Купить");

  const PostMatches matches = rules.match(post);

  CHECK(matches.blocks.front().empty());
  REQUIRE(matches.whole.size() == 1);
  CHECK(matches.whole.front().scope == Scope::button_text);
  CHECK_FALSE(matches.whole.front().span);
}

TEST_CASE("an address behind words is shown at the words' place", "[rules]") {
  const RuleSet rules =
      compiled(pack_of(rule("a.b", "in = ['link.url']\nany = ['erid=[0-9a-z]+']")));
  PostView post{.channel = "", .lang = "ru"};
  post.blocks.push_back({.evidence = {{.scope = Scope::link_url,
                                       .text = "https://example.org/?erid=2Vtzq",
                                       .span = Span{7, 13}}}});

  const PostMatches matches = rules.match(post);

  REQUIRE(matches.blocks.front().size() == 1);
  CHECK(matches.blocks.front().front().span == Span{7, 13});
  CHECK(matches.blocks.front().front().text == "erid=2Vtzq");
}

TEST_CASE("all patterns of `all` must be in the block", "[rules]") {
  const RuleSet rules = compiled(pack_of(rule("a.b", "all = ['курс[а-я]*', 'скидк[а-я]*']")));
  CHECK(fired_on(rules, "скидка на курсы") == Ids{"a.b"});
  CHECK(fired_on(rules, "курсы валют").empty());
}

TEST_CASE("`near` holds within its distance, in code points", "[rules]") {
  const RuleSet rules = compiled(pack_of(
      rule("a.any", "near = { a = ['подпис[а-я]+'], b = ['канал[а-я]*'], chars = 5 }") +
      rule("a.ab",
           "near = { a = ['подпис[а-я]+'], b = ['канал[а-я]*'], chars = 5, order = 'ab' }")));
  CHECK(fired_on(rules, "подпишись на канал") == Ids{});
  CHECK(fired_on(rules, "подписка на канал") == Ids{"a.any", "a.ab"});
  CHECK(fired_on(rules, "канал и подписка") == Ids{"a.any"});
  CHECK(fired_on(rules, "подписка на наш канал").empty());
  CHECK(fired_on(rules, "подписка. Подписка на всё это, подписка: канал") == Ids{"a.any", "a.ab"});
}

TEST_CASE("`near` shows the closest pair", "[rules]") {
  const RuleSet rules =
      compiled(pack_of(rule("a.b", "near = { a = ['один'], b = ['два'], chars = 40 }")));
  const std::vector<std::string> blocks{"Один, потом ещё один и ДВА, а потом два"};
  const PostMatches matches = rules.match(post_of(blocks));
  REQUIRE(matches.blocks.front().size() == 1);
  CHECK(matches.blocks.front().front().text == "один и ДВА");
}

TEST_CASE("`near` finds a pair among hits that overlap it, however many and however long",
          "[rules]") {
  const RuleSet rules = compiled(pack_of(
      rule("a.short", "near = { a = ['[0-9]( [0-9]){4}'], b = ['[0-9]'], chars = 5 }") +
      rule("a.long", "near = { a = ['[0-9]'], b = ['x( [a-z]){4}', '[a-z]'], chars = 2 }")));
  CHECK(fired_on(rules, "6 и 1 2 3 4 5") == Ids{"a.short"});
  CHECK(fired_on(rules, "1 2 3 4 5 и 6") == Ids{"a.short"});
  CHECK(fired_on(rules, "1 2 3 4 5").empty());
  CHECK(fired_on(rules, "x y z u v 1") == Ids{"a.long"});
  CHECK(fired_on(rules, "x y z u v и 1").empty());
}

TEST_CASE("`near` shows the whole of the closest hit", "[rules]") {
  const RuleSet rules =
      compiled(pack_of(rule("a.b",
                            "near = { a = ['один'], b = ['два', 'два раза', 'три раза', 'раза'], "
                            "chars = 9 }")));
  const auto shown = [&](const std::vector<std::string>& blocks) {
    return rules.match(post_of(blocks)).blocks.front().front().text;
  };
  CHECK(shown({"три раза, один"}) == "три раза, один");
  CHECK(shown({"один: два раза"}) == "один: два");
}

TEST_CASE("a hit that `none` forbids is shown as vetoed, with the words", "[rules]") {
  const RuleSet rules =
      compiled(pack_of(rule("a.b", "any = ['реклам[а-я]+']\nnone = ['отключить', 'как убрать']")));
  const std::vector<std::string> blocks{"Как убрать рекламу?"};

  const PostMatches matches = rules.match(post_of(blocks));

  REQUIRE(matches.blocks.front().size() == 1);
  CHECK(matches.blocks.front().front().vetoed);
  CHECK(matches.blocks.front().front().note == "vetoed by none[1]: Как убрать");
}

TEST_CASE("`when` holds a hit back, and says so", "[rules]") {
  const RuleSet rules = compiled(
      pack_of(rule("a.b", "any = ['читать']\nwhen = 'block.links > 0 and not block.is_code'")));
  const std::vector<std::string> blocks{"читать"};
  PostView post = post_of(blocks);
  CHECK(fired(rules, rules.match(post).blocks.front()) == Ids{"a.b!"});

  feature(post.blocks.front(), Feature::block_links) = 2;
  CHECK(fired(rules, rules.match(post).blocks.front()) == Ids{"a.b"});

  feature(post.blocks.front(), Feature::block_is_code) = 1;
  CHECK(rules.match(post).blocks.front().front().note == "held back by when");
}

TEST_CASE("a rule without patterns speaks of the block's features", "[rules]") {
  const RuleSet rules = compiled(pack_of(rule("a.b", "when = 'block.masked_links >= 2'")));
  const std::vector<std::string> blocks{"одно", "другое"};
  PostView post = post_of(blocks);
  feature(post.blocks[1], Feature::block_masked_links) = 2;
  const PostMatches matches = rules.match(post);
  CHECK(matches.blocks[0].empty());
  CHECK(fired(rules, matches.blocks[1]) == Ids{"a.b"});
}

TEST_CASE("a rule counts once, or per hit up to three", "[rules]") {
  const RuleSet rules = compiled(pack_of(rule("a.once", "any = ['да', 'так']") +
                                         rule("a.hits", "any = ['да']\ncount = 'per_hit'")));
  CHECK(fired_on(rules, "да да так да да да") == Ids{"a.once", "a.hits", "a.hits", "a.hits"});
}

TEST_CASE("a listed host covers the hosts below it and no other", "[rules]") {
  auto files = pack_of(rule("a.b", "in = ['link.host']\nlist = 'short'"));
  files.push_back({.path = "lists/short.txt", .text = "# short\nkind: host\nbit.ly\n"});
  const RuleSet rules = compiled(files);
  const auto hits = [&](std::string_view host) {
    PostView post{.channel = "", .lang = "ru"};
    post.blocks.push_back(unit_with(Scope::link_host, host));
    return fired(rules, rules.match(post).blocks.front());
  };
  CHECK(hits("bit.ly") == Ids{"a.b"});
  CHECK(hits("x.bit.ly") == Ids{"a.b"});
  CHECK(hits("rabbit.ly").empty());
  CHECK(hits("bit.ly.example.org").empty());
}

TEST_CASE("lists of handles and phrases find their entries however they are written", "[rules]") {
  auto files = pack_of(rule("a.handle", "in = ['mention', 'link.url']\nlist = 'bots'") +
                       rule("a.phrase", "list = 'phrases'"));
  files.push_back({.path = "lists/bots.txt", .text = "kind: handle\nsome_bot\n"});
  files.push_back(
      {.path = "lists/phrases.txt", .text = "kind: phrase\nна правах рекламы\nпромокод\n"});
  const RuleSet rules = compiled(files);

  CHECK(fired_on(rules, "На правах... РЕКЛАМЫ!") == Ids{"a.phrase"});
  CHECK(fired_on(rules, "Промокод: X") == Ids{"a.phrase"});
  CHECK(fired_on(rules, "на правах автора").empty());

  PostView post{.channel = "", .lang = "ru"};
  post.blocks.push_back(unit_with(Scope::mention, "@Some_Bot"));
  post.blocks.push_back(unit_with(Scope::link_url, "https://t.me/Some_Bot?start=1"));
  const PostMatches matches = rules.match(post);
  CHECK(fired(rules, matches.blocks[0]) == Ids{"a.handle"});
  CHECK(fired(rules, matches.blocks[1]) == Ids{"a.handle"});
}

TEST_CASE("a list of handles knows whence a post is forwarded by its address, not its name",
          "[rules]") {
  const auto error_with = [](const std::string& examples) {
    auto files = pack_of(rule("a.b", "in = ['forward.from']\nlist = 'shops'\n" + examples));
    files.push_back({.path = "lists/shops.txt", .text = "kind: handle\nshop_bot\n"});
    const auto rules = RuleSet::compile(files);
    return rules ? "" : rules.error().message;
  };
  CHECK(error_with("match = [{ text = 'г', forward = 'Лавка',"
                   " forward_url = 'https://t.me/Shop_Bot/12' }]\n"
                   "no_match = [{ text = 'г', forward = 'shop_bot',"
                   " forward_url = 'https://t.me/news' }]")
            .empty());
  CHECK(has(error_with("match = [{ text = 'г', forward = 'shop_bot' }]"),
            "does not match its `match` example"));
}

TEST_CASE("a pack speaks on posts of its languages, and on those of unknown language", "[rules]") {
  const RuleSet rules = compiled(
      {pack_file("en/", "['en']"), {.path = "en/1.toml", .text = rule("a.b", "any = ['sale']")}});
  const std::vector<std::string> blocks{"sale"};
  PostView post = post_of(blocks);
  CHECK(rules.match(post).blocks.front().empty());
  post.lang = "en";
  CHECK(rules.match(post).blocks.front().size() == 1);
  post.lang = "other";
  CHECK(rules.match(post).blocks.front().size() == 1);
}

TEST_CASE("in a block of another language its packs speak, rules and composites, and no others",
          "[rules]") {
  const std::string composite =
      "[[composite]]\nid = 'a.twice'\nlabel = 'ad'\n"
      "weight = { init = 700 }\nstatus = 'shadow'\nexpr = 'any(a.b)'\n";
  const RuleSet rules =
      compiled({pack_file("en/", "['en']"),
                {.path = "en/1.toml", .text = rule("a.b", "any = ['sale']") + composite},
                pack_file("ru/", "['ru']"),
                {.path = "ru/1.toml", .text = rule("a.c", "any = ['sale']")}});
  const std::vector<std::string> blocks{"sale", "sale"};
  PostView post = post_of(blocks);
  post.blocks[1].lang = "en";
  const PostMatches matches = rules.match(post);
  CHECK(fired(rules, matches.blocks[0]) == Ids{"a.c"});
  CHECK(fired(rules, matches.blocks[1]) == Ids{"a.b", "a.twice"});
}

TEST_CASE("a rule speaks in its channels only", "[rules]") {
  const RuleSet rules =
      compiled(pack_of(rule("a.only", "any = ['да']\nchannels = { only = ['@Other_One'] }") +
                       rule("a.except", "any = ['да']\nchannels = { except = ['other_one'] }")));
  const std::vector<std::string> blocks{"да"};
  PostView post = post_of(blocks);
  CHECK(fired(rules, rules.match(post).blocks.front()) == Ids{"a.except"});
  post.channel = "other_one";
  CHECK(fired(rules, rules.match(post).blocks.front()) == Ids{"a.only"});
}

TEST_CASE("what a channel's file holds speaks in that channel only, rules and composites",
          "[rules]") {
  const std::string composite =
      "[[composite]]\nid = 'combo.x'\nlabel = 'ad'\nweight = { init = 700 }\n"
      "status = 'shadow'\nexpr = 'any(a.b)'\n";
  auto files =
      pack_of(rule("a.b", "any = ['да']") +
              "[[composite]]\nid = 'combo.y'\nlabel = 'ad'\nweight = { init = 700 }\n"
              "status = 'shadow'\nexpr = 'any(a.b)'\nchannels = { except = ['some_channel'] }\n");
  files.push_back(
      {.path = "channels/some_channel.toml", .text = rule("a.c", "any = ['да']") + composite});
  const RuleSet rules = compiled(files);
  const std::vector<std::string> blocks{"да"};
  PostView post = post_of(blocks);
  CHECK(fired(rules, rules.match(post).blocks.front()) == Ids{"a.b", "a.c", "combo.x"});
  post.channel = "elsewhere";
  CHECK(fired(rules, rules.match(post).blocks.front()) == Ids{"a.b", "combo.y"});
}

TEST_CASE("an override of a channel acts there, with its reason", "[rules]") {
  auto files = pack_of(rule("a.x", "any = ['да']\nweight = { init = 500, min = 0, max = 900 }") +
                       rule("a.y", "any = ['да']"));
  files.push_back({.path = "channels/some_channel.toml",
                   .text = "[[override]]\nrule = 'a.x'\nweight = 100\nreason = 'their slogan'\n"
                           "[[override]]\nrule = 'a.y'\ndisable = true\nreason = 'their topic'\n" +
                           rule("a.z", "any = ['да']")});
  const RuleSet rules = compiled(files);
  const std::vector<std::string> blocks{"да"};
  PostView post = post_of(blocks);

  const auto here = rules.match(post).blocks.front();
  CHECK(fired(rules, here) == Ids{"a.x", "a.y!", "a.z"});
  CHECK(here[0].weight == 100);
  CHECK(here[0].note == "override: some_channel: their slogan");
  CHECK(here[1].note == "disabled by override: some_channel: their topic");

  post.channel = "elsewhere";
  const auto there = rules.match(post).blocks.front();
  CHECK(fired(rules, there) == Ids{"a.x", "a.y"});
  CHECK(there[0].weight == 500);
}

TEST_CASE("learned weights are in force where the pack has them", "[rules]") {
  auto files = pack_of(rule("a.x", "any = ['да']\nweight = { init = 500, min = 0, max = 900 }"));
  files.push_back({.path = "weights.toml", .text = "run = '1'\n[weights]\na.x = 750\n"});
  CHECK(compiled(files).rules().front().weight == 750);
}

TEST_CASE("drafts and retired rules are silent, shadows speak", "[rules]") {
  const RuleSet rules = compiled(pack_of(rule("a.draft", "any = ['да']\nstatus = 'draft'") +
                                         rule("a.gone", "any = ['да']\nstatus = 'retired'") +
                                         rule("a.shadow", "any = ['да']")));
  CHECK(fired_on(rules, "да") == Ids{"a.shadow"});
  CHECK(rules.rules().size() == 3);
}

TEST_CASE("the other views see what the folded one cannot", "[rules]") {
  const RuleSet rules =
      compiled(pack_of(rule("a.words", "view = 'words'\nwords = 'part'\nany = [' ооо ромашка ']") +
                       rule("a.squash", "view = 'squash'\nliterals = ['реклама']") +
                       rule("a.raw", "view = 'raw'\nany = ['[А-Я]{5,}']")));
  CHECK(fired_on(rules, "ООО «Ромашка»") == Ids{"a.words"});
  CHECK(fired_on(rules, "р е к л а м а") == Ids{"a.squash"});
  CHECK(fired_on(rules, "ВНИМАНИЕ всем") == Ids{"a.raw"});
}

TEST_CASE("matching from many threads gives what one gives", "[rules]") {
  const std::vector<std::string> words{"скидка", "подписывайся", "канал", "erid"};
  const RuleSet rules =
      compiled(pack_of(rule("a.x", "any = ['скидк[а-я]+', 'erid']\nwords = 'part'") +
                       rule("a.y", "near = { a = ['подпис[а-я]+'], b = ['канал'], chars = 30 }")));
  const auto run = [&] {
    std::vector<std::vector<std::string>> all;
    for (unsigned seed = 1; seed <= 60; ++seed) {
      all.push_back(fired_on(rules, random_text(seed, 40, words)));
    }
    return all;
  };
  const std::vector<Ids> expected = run();
  std::array<std::future<std::vector<Ids>>, 4> others;
  for (auto& other : others) other = std::async(std::launch::async, run);
  for (auto& other : others) CHECK(other.get() == expected);
}

TEST_CASE("hostile texts are matched in linear time", "[rules]") {
  const RuleSet rules = compiled(
      pack_of(rule("a.near", "near = { a = ['a'], b = ['b'], chars = 9 }\nwords = 'part'") +
              rule("a.any", "any = ['(а|б)+в']")));
  std::string repeated;
  for (int i = 0; i < 200'000; ++i) repeated += "a \u0301";
  CHECK(fired_on(rules, repeated).empty());
  CHECK(fired_on(rules, std::string(1'000'000, '\xFF')).empty());
  CHECK(fired_on(rules, "").empty());
}
