#include "store/pages.h"
#include "store/sqlite.h"
#include "support/files.h"

using namespace qanat;
using namespace qanat::test;
using store::LabelRow;
using store::Store;

namespace {

/// A store that holds posts 1 and 2 of some_channel.
Store store_with_posts(const std::string& path) {
  Store store = new_store(path);
  must(store.keep_page(page("some_channel",
                            {judged("some_channel", 1, "Почему небо голубое?"),
                             judged("some_channel", 2, "Курс. Скидка!")}),
                       kMonday));
  return store;
}

LabelRow label_of(MessageId message, std::string annotator, std::optional<Label> label) {
  return {.post = {.channel = channel("some_channel"), .message = message},
          .annotator = std::move(annotator),
          .label = label,
          .guideline = "1",
          .reason = "chosen",
          .labelled_at = kTuesday};
}

/// Runs SQL on the file as another program would.
Result<void> try_to_alter(const std::string& path, const std::string& sql) {
  auto database = must(
      store::Database::open(path, store::Database::Mode::read_write, std::chrono::milliseconds(0)));
  return database.script(sql);
}

}  // namespace

TEST_CASE("a label comes back as it was given, every field of it", "[labels]") {
  const TemporaryFolder folder;
  Store store = store_with_posts(folder.file("q.db"));
  LabelRow given = label_of(2, "anna", Label::mixed);
  given.spans = {{.span = {.begin = 10, .end = 23}, .kind = RemovedKind::ad},
                 {.span = {.begin = 0, .end = 10}, .kind = RemovedKind::signature}};
  given.reason = "random_dropped";
  given.round = 7;
  given.p_sample = 0.125;
  given.note = "скидка \"в тексте\"";

  must(store.keep_label(given));

  CHECK(must(store.labels()) == std::vector{given});
}

TEST_CASE("of several labels by one person the latest counts, and all stay", "[labels]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = store_with_posts(path);
  must(store.keep_label(label_of(1, "anna", Label::ad)));
  must(store.keep_label(label_of(1, "boris", Label::other)));

  must(store.keep_label(label_of(1, "anna", Label::qa)));

  const auto labels = must(store.labels());
  REQUIRE(labels.size() == 2);
  CHECK(labels[0] == label_of(1, "boris", Label::other));
  CHECK(labels[1] == label_of(1, "anna", Label::qa));
  auto database = must(
      store::Database::open(path, store::Database::Mode::read_only, std::chrono::milliseconds(0)));
  CHECK(must(database.value<std::int64_t>("SELECT count(*) FROM label")) == 3);
  CHECK(must(database.value<std::int64_t>("SELECT count(*) FROM current_label")) == 2);
}

TEST_CASE("a withdrawn label leaves the post without one, cannot tell does not", "[labels]") {
  const TemporaryFolder folder;
  Store store = store_with_posts(folder.file("q.db"));
  LabelRow withdrawn = label_of(1, "anna", std::nullopt);
  withdrawn.withdrawn = true;
  must(store.keep_label(label_of(1, "anna", Label::ad)));
  must(store.keep_label(withdrawn));
  must(store.keep_label(label_of(2, "anna", std::nullopt)));

  CHECK(must(store.labels()) == std::vector{label_of(2, "anna", std::nullopt)});
}

TEST_CASE("no program changes or deletes a label", "[labels]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = store_with_posts(path);
  must(store.keep_label(label_of(1, "anna", Label::ad)));

  for (const char* sql : {"UPDATE label SET answer = 'qa'", "DELETE FROM label"}) {
    CAPTURE(sql);
    CHECK(error_of(try_to_alter(path, sql)).message.find("labels are never") != std::string::npos);
  }
  CHECK(must(store.labels()) == std::vector{label_of(1, "anna", Label::ad)});
}

TEST_CASE("a label of an unknown post, of a revision to come or by nobody is refused", "[labels]") {
  const TemporaryFolder folder;
  Store store = store_with_posts(folder.file("q.db"));
  LabelRow early = label_of(1, "anna", Label::ad);
  early.revision = 2;

  CHECK(error_of(store.keep_label(label_of(3, "anna", Label::ad))).code == Errc::usage);
  CHECK(error_of(store.keep_label(early)).message.find("no revision 2") != std::string::npos);
  CHECK(error_of(store.keep_label(label_of(1, "", Label::ad))).message.find("--annotator") !=
        std::string::npos);
  CHECK(must(store.labels()).empty());
}

TEST_CASE("labels with spans that nobody wrote are damage, told with the file", "[labels]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("q.db");
  Store store = store_with_posts(path);
  const std::string spans = GENERATE("7",
                                     "[7]",
                                     R"([{"begin":"0","end":1,"kind":"ad"}])",
                                     R"([{"begin":0,"end":1,"kind":"spam"}])");
  must(try_to_alter(
      path,
      "INSERT INTO label (post_id, revision, annotator, answer, spans, guideline, reason,"
      " labelled_at, note) VALUES (1, 1, 'anna', 'ad', '" +
          spans + "', '1', 'chosen', 0, '')"));

  const Error error = error_of(store.labels());

  CHECK(error.code == Errc::storage_unusable);
  CHECK(error.message.starts_with(path + ": "));
}
