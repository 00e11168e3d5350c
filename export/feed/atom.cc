#include "export/feed/feed_writer.h"
#include "export/feed/xml_writer.h"

namespace qanat::exporting {
namespace {

class AtomWriter final : public FeedWriter {
 public:
  std::string begin(const FeedFacts& facts) override {
    xml_.start("feed").attribute("xmlns", "http://www.w3.org/2005/Atom");
    xml_.element("id", facts.id).element("title", facts.title);
    xml_.element("updated", format_instant(facts.updated));
    // Whoever wrote an entry without an author.
    xml_.start("author").element("name", facts.title).end();
    link("alternate", facts.home);
    if (!facts.url.empty()) link("self", facts.url);
    return xml_.take();
  }

  std::string entry(const FeedEntry& entry) override {
    xml_.start("entry").element("id", entry.id).element("title", entry.title);
    xml_.element("updated", format_instant(entry.updated));
    xml_.element("published", format_instant(entry.published));
    link("alternate", entry.url);
    if (!entry.author.empty()) xml_.start("author").element("name", entry.author).end();
    for (const std::string& tag : entry.tags) xml_.start("category").attribute("term", tag).end();
    xml_.start("content").attribute("type", "html").text(entry.html).end().end();
    return xml_.take();
  }

  std::string end() override { return xml_.end().take(); }

 private:
  void link(const char* relation, const std::string& url) {
    xml_.start("link").attribute("rel", relation).attribute("href", url).end();
  }

  XmlWriter xml_;
};

}  // namespace

std::unique_ptr<FeedWriter> atom_writer() { return std::make_unique<AtomWriter>(); }

}  // namespace qanat::exporting
