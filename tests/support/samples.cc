#include "support/samples.h"

namespace qanat::test {
namespace {

PostId post_id(MessageId message) {
  return {.channel = ChannelName::parse("some_channel").value(), .message = message};
}

Instant at(const char* text) { return parse_instant(text).value(); }

RuleHit hit(std::string rule, std::int32_t weight, HitEffect effect = HitEffect::counts) {
  return {.rule = std::move(rule),
          .weight = weight,
          .where = "text",
          .span = Span{4, 12},
          .text = "нет",
          .note = effect == HitEffect::held_back ? "vetoed by none[0]" : "",
          .effect = effect};
}

}  // namespace

Post text_post(MessageId message, std::string text) {
  Post post{.id = post_id(message)};
  post.url = "https://t.me/some_channel/" + std::to_string(message);
  post.published_at = at("2026-07-24T09:00:05Z");
  post.text = std::move(text);
  return post;
}

Post full_post() {
  Post post = text_post(1020, "🔥 Почему падает recall?\nПодписаться @some_channel #ml");
  post.edited = true;
  post.kind = PostKind::photo;
  post.author = "Редактор";
  post.via_bot = "@gif";
  post.forwarded_from =
      Forward{.name = "Источник", .url = "https://t.me/source/97", .author = "Анна"};
  post.reply_to = Reply{.post = 1001, .url = "https://t.me/some_channel/1001", .text = "Вопрос"};
  post.entities = {{.kind = EntityKind::custom_emoji, .span = {0, 4}, .value = "5341"},
                   {.kind = EntityKind::bold, .span = {5, 38}}};
  post.links = {{.url = "https://example.org/?a=1&b=2",
                 .text = "Подписаться",
                 .masked = true,
                 .span = {39, 61}}};
  post.hashtags = {"#ml"};
  post.mentions = {"@some_channel"};
  post.media = {
      {.type = MediaType::photo, .url = "https://cdn4.example/a.jpg", .width = 800, .height = 450},
      {.type = MediaType::video, .duration_seconds = 9, .title = "v", .extra = "5 MB"}};
  post.album = {1020, 1021};
  post.poll = Poll{.question = "Да?",
                   .type = "Anonymous Quiz",
                   .voters_text = "1.2K",
                   .options = {{.text = "Да", .percent = 61}, {.text = "Нет"}}};
  post.link_preview = LinkPreview{.url = "https://example.org",
                                  .site_name = "Example",
                                  .title = "T",
                                  .description = "D",
                                  .image_url = "https://cdn4.example/b.jpg"};
  post.buttons = {{.text = "Откликнуться", .url = "https://example.org/go"}};
  post.reactions = {{.emoji = "👍", .count = {.value = 7, .text = "7"}},
                    {.custom_emoji_id = "52", .paid = true, .count = {.text = "много"}}};
  post.views = {.value = 12300, .text = "12.3K"};
  return post;
}

Verdict full_verdict() {
  BlockVerdict kept{.span = {0, 39}};
  kept.against = {hit("qa.question", -500)};
  kept.flip = "nothing";
  BlockVerdict dropped{.span = {39, 79},
                       .kind = BlockKind::link_line,
                       .outcome = BlockOutcome::signature,
                       .score = 3100,
                       .probability = 0.957};
  dropped.because = {hit("sig.subscribe", 3100)};
  dropped.shadow = {hit("sig.new", 900, HitEffect::watches)};
  dropped.vetoed = {hit("cta.subscribe", 0, HitEffect::held_back)};
  return {.label = Label::qa,
          .outcome = Outcome::stripped,
          .ad_probability = 0.003,
          .removed = {{.span = {38, 79},
                       .kind = RemovedKind::signature,
                       .rules = {"sig.subscribe"},
                       .probability = 0.957}},
          .blocks = {kept, dropped},
          .post_hits = {{.rule = "post.buttons", .weight = 200, .where = "button.text"}},
          .ruleset = "sha256:abc"};
}

Record full_record() {
  const Post post = full_post();
  const Instant last_seen = at("2026-07-25T10:00:00Z");
  return {
      .post = post,
      .verdict = full_verdict(),
      .normalized = {.lang = "ru",
                     .title = "ML",
                     .question = "Почему падает recall?",
                     .answer = "Почему падает recall?"},
      .first_seen_at = at("2026-07-24T10:00:00Z"),
      .last_seen_at = last_seen,
      .deleted_at = std::nullopt,
      .revision = 2,
      .cluster = post.id.str(),
      .content_sha256 = content_sha256(post),
      .provenance = {.snapshot = "sha256:def",
                     .fetched_at = last_seen,
                     .host = "t.me",
                     .parser = "1",
                     .ruleset = "sha256:abc"},
      .latest = {
          .snapshot = "sha256:fed", .fetched_at = last_seen, .host = "telegram.me", .parser = "2"}};
}

}  // namespace qanat::test
