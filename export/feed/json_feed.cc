#include <utility>

#include "export/feed/feed_writer.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

class JsonFeedWriter final : public FeedWriter {
 public:
  std::string begin(const FeedFacts& facts) override {
    record::Json head = {{"version", "https://jsonfeed.org/version/1.1"},
                         {"title", facts.title},
                         {"home_page_url", facts.home}};
    if (!facts.url.empty()) head["feed_url"] = facts.url;
    std::string out = record::dump_line(head);
    out.pop_back();  // The object goes on.
    return out + ",\"items\":[";
  }

  std::string entry(const FeedEntry& entry) override {
    record::Json item = {{"id", entry.id},
                         {"url", entry.url},
                         {"title", entry.title},
                         {"content_html", entry.html},
                         {"content_text", entry.text},
                         {"date_published", format_instant(entry.published)},
                         {"date_modified", format_instant(entry.updated)},
                         {"tags", entry.tags}};
    if (!entry.author.empty()) item["authors"] = {{{"name", entry.author}}};
    if (!entry.lang.empty()) item["language"] = entry.lang;
    return (std::exchange(first_, false) ? "\n" : ",\n") + record::dump_line(item);
  }

  std::string end() override { return "]}\n"; }

 private:
  bool first_ = true;
};

}  // namespace

std::unique_ptr<FeedWriter> json_feed_writer() { return std::make_unique<JsonFeedWriter>(); }

}  // namespace qanat::exporting
