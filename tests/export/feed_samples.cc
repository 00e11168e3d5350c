#include <string>

#include "export/feed.h"
#include "support/samples.h"
#include "tests/store/pages.h"

using namespace qanat;

namespace {

/// Posts that an escaping mistake would show in.
std::vector<store::JudgedPost> hard_posts() {
  std::vector<store::JudgedPost> posts;
  const std::vector<std::string> texts = {"Почему небо голубое?\n\nРэлеевское рассеяние.",
                                          "if (a < b && c > d) { \"x\" } ]]> <!-- -->",
                                          "control \x01\x08\x1b[2J and \xef\xbf\xbe and \xff",
                                          "🔥 emoji, combining e\u0301, RTL \u05d0\u05d1",
                                          "&amp; is already escaped",
                                          std::string(5000, 'x')};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    posts.push_back(test::judged("some_channel", static_cast<MessageId>(i + 1), texts[i]));
  }
  Post full = test::full_post();
  posts.push_back(test::judged(std::move(full)));
  return posts;
}

}  // namespace

/// feed_samples FOLDER: the same posts as each kind of feed.
int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::string folder = arguments[1];
  auto store = store::Store::create(folder + "/feeds.db").value();
  (void)store.add_channel(test::channel("some_channel"), test::kMonday).value();
  (void)store.keep_page(test::page("some_channel", hard_posts()), test::kMonday).value();
  for (const auto& [format, name] : {std::pair{exporting::FeedFormat::rss, "feed.rss"},
                                     {exporting::FeedFormat::atom, "feed.atom"},
                                     {exporting::FeedFormat::json, "feed.json"}}) {
    const exporting::FeedOptions options{
        .format = format, .title = "Q & A <b>", .url = "https://example.org/feed"};
    (void)exporting::write_feed(store, {}, options, folder + "/" + name).value();
  }
  return 0;
}
