#include "export/selection.h"

#include "export/rows.h"
#include "support/files.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::Selection;

namespace {

/// Posts 1 to 4; each says something else, in letters of two bytes.
store::Store varied_store(const std::string& path) {
  store::Store store = new_store(path);
  std::vector<store::JudgedPost> posts;
  for (MessageId id = 1; id <= 4; ++id) {
    posts.push_back(judged(
        "some_channel", id, std::string("щ") + std::string(static_cast<std::size_t>(id), 'a')));
  }
  posts[1].normalized.lang = "en";
  posts[1].post.views = {.value = 100, .text = "100"};
  posts[2].post.views = {.value = std::nullopt, .text = "many"};
  posts[2].post.reactions = {{.emoji = "👍", .count = {.value = 3, .text = "3"}},
                             {.emoji = "🔥", .count = {.value = 4, .text = "4"}}};
  must(store.keep_page(page("some_channel", posts), kMonday));
  return store;
}

std::vector<MessageId> exported(store::Store& store, const Selection& selection) {
  std::vector<MessageId> ids;
  must(exporting::for_each_row(store, selection, [&](const Record& record) -> Result<void> {
    ids.push_back(record.post.id.message);
    return {};
  }));
  return ids;
}

}  // namespace

TEST_CASE("an export takes what meets every wish", "[selection]") {
  using Ids = std::vector<MessageId>;
  const TemporaryFolder folder;
  store::Store store = varied_store(folder.file("q.db"));

  CHECK(exported(store, {}) == Ids{1, 2, 3, 4});
  CHECK(exported(store, {.langs = {"en"}}) == Ids{2});
  CHECK(exported(store, {.langs = {"en", "ru"}}) == Ids{1, 2, 3, 4});
  CHECK(exported(store, {.min_views = 100}) == Ids{2});
  CHECK(exported(store, {.min_views = 101}).empty());
  CHECK(exported(store, {.min_reactions = 7}) == Ids{3});
  CHECK(exported(store, {.min_reactions = 8}).empty());
  CHECK(exported(store, {.min_length = 4}) == Ids{3, 4});  // characters, not bytes
  CHECK(exported(store, {.max_length = 3}) == Ids{1, 2});
  CHECK(exported(store, {.langs = {"ru"}, .min_length = 3, .max_length = 4}) == Ids{3});
}

TEST_CASE("the length that is asked for is that of the text as it is written", "[selection]") {
  using Ids = std::vector<MessageId>;
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  must(store.keep_page(page("some_channel",
                            {judged("some_channel", 1, "Пишите: ivan.petrov@mail.example"),
                             judged("some_channel", 2, "Шестнадцать букв")}),
                       kMonday));
  exporting::Redactor redactor({});
  constexpr std::int64_t kPlaceholder = 17;  // "Пишите: [EMAIL_1]"

  CHECK(exported(store, {.max_length = kPlaceholder}) == Ids{2});
  CHECK(exported(store, {.max_length = kPlaceholder - 1, .redactor = &redactor}) == Ids{2});
  CHECK(redactor.counts().at("email") == 0);
  CHECK(exported(store, {.max_length = kPlaceholder, .redactor = &redactor}) == Ids{1, 2});
  CHECK(redactor.counts().at("email") == 1);
  CHECK(exported(store, {.min_length = 18, .redactor = &redactor}).empty());
  CHECK(redactor.counts().at("email") == 1);
}

TEST_CASE("rows that are only looked at are those that are written, and count nothing",
          "[selection]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  must(store.keep_page(
      page("some_channel", {judged("some_channel", 1, "Пишите: ivan.petrov@mail.example")}),
      kMonday));
  exporting::Redactor redactor({});

  CHECK(exported(store, {.max_length = 17, .redactor = &redactor, .only_looked_at = true}) ==
        std::vector<MessageId>{1});
  CHECK(exported(store, {.redactor = &redactor, .only_looked_at = true}).size() == 1);
  CHECK(redactor.counts().at("email") == 0);
}

TEST_CASE("a limit counts what is exported", "[selection]") {
  const TemporaryFolder folder;
  store::Store store = varied_store(folder.file("q.db"));

  CHECK(exported(store, {.stored = {.limit = 2}, .langs = {"ru"}}) == std::vector<MessageId>{1, 3});
}

TEST_CASE("of posts that say the same, the first represents them", "[selection]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));
  const std::string text = "Почему небо голубое, а закат красный? Потому что свет рассеивается.";
  must(store.keep_page(page("some_channel",
                            {judged("some_channel", 1, text),
                             judged("some_channel", 2, text),
                             judged("some_channel", 3, "Другое.")}),
                       kMonday));

  CHECK(exported(store, {.representatives_only = true}).size() == 2);
}

TEST_CASE("the first error of a row ends an export with it", "[selection]") {
  const TemporaryFolder folder;
  store::Store store = varied_store(folder.file("q.db"));
  int rows = 0;

  const auto done = exporting::for_each_row(store, {}, [&](const Record&) -> Result<void> {
    ++rows;
    return fail(Errc::storage, "full");
  });

  CHECK(error_of(done).message == "full");
  CHECK(rows == 1);
}
