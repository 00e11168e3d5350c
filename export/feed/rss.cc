#include "base/http_date.h"
#include "export/feed/feed_writer.h"
#include "export/feed/xml_writer.h"

namespace qanat::exporting {
namespace {

class RssWriter final : public FeedWriter {
 public:
  std::string begin(const FeedFacts& facts) override {
    xml_.start("rss").attribute("version", "2.0");
    xml_.attribute("xmlns:atom", "http://www.w3.org/2005/Atom");
    xml_.attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_.start("channel").element("title", facts.title).element("link", facts.home);
    xml_.element("description", facts.title)
        .element("lastBuildDate", format_http_date(facts.updated));
    if (!facts.url.empty()) {
      xml_.start("atom:link").attribute("href", facts.url).attribute("rel", "self");
      xml_.attribute("type", "application/rss+xml").end();
    }
    return xml_.take();
  }

  std::string entry(const FeedEntry& entry) override {
    xml_.start("item").element("title", entry.title).element("link", entry.url);
    xml_.start("guid").attribute("isPermaLink", "true").text(entry.id).end();
    xml_.element("pubDate", format_http_date(entry.published));
    if (!entry.author.empty()) xml_.element("dc:creator", entry.author);
    for (const std::string& tag : entry.tags) xml_.element("category", tag);
    xml_.element("description", entry.html).end();
    return xml_.take();
  }

  std::string end() override { return xml_.end().end().take(); }

 private:
  XmlWriter xml_;
};

}  // namespace

std::unique_ptr<FeedWriter> rss_writer() { return std::make_unique<RssWriter>(); }

}  // namespace qanat::exporting
