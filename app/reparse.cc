#include "app/reparse.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "importer/telegram_desktop.h"
#include "parser/page.h"
#include "record/json.h"

namespace qanat::app {
namespace {

/// A page's posts by what its bytes are called.
struct ReadSnapshot {
  std::string name;
  bool archived = false;
  std::vector<Post> posts;
};

/// The pages read last: neighbouring posts mostly come from the same one.
class Pages {
 public:
  explicit Pages(store::SnapshotArchive& archive) : archive_(archive) {}

  Result<const ReadSnapshot*> read(const std::string& snapshot) {
    const auto found = std::ranges::find(latest_, snapshot, &ReadSnapshot::name);
    if (found != latest_.end()) return &*found;
    auto body = archive_.body(snapshot);
    if (!body) return fail(body.error());
    ReadSnapshot read{.name = snapshot, .archived = body->has_value(), .posts = {}};
    if (*body) {
      // A page that this parser refuses has none of its posts: each of them differs.
      if (auto page = reader_.parse(**body)) read.posts = std::move(page->posts);
    }
    constexpr std::size_t kRemembered = 8;
    latest_.push_front(std::move(read));
    if (latest_.size() > kRemembered) latest_.pop_back();
    return &latest_.front();
  }

 private:
  store::SnapshotArchive& archive_;
  parser::PageReader reader_;
  std::deque<ReadSnapshot> latest_;
};

std::vector<std::string> differing_fields(const Post& stored, const Post& read) {
  if (stored == read) return {};
  const record::Json before = record::parsed_post_json(stored);
  const record::Json now = record::parsed_post_json(read);
  std::vector<std::string> fields;
  for (const auto& [key, value] : now.items()) {
    if (before.at(key) != value) fields.push_back(key);
  }
  // What the JSON does not have: bold and italic, and where links stand.
  if (fields.empty()) fields.emplace_back("formatting");
  return fields;
}

/// Nothing when the page gives the post as it is stored.
std::optional<ReparseDifference> compare(const store::PostOrigin& origin,
                                         const ReadSnapshot& page) {
  ReparseDifference difference{.id = origin.post.id.str(), .parser = origin.parser, .fields = {}};
  const auto found = std::ranges::find_if(
      page.posts, [&](const Post& post) { return post.id.message == origin.post.id.message; });
  if (found == page.posts.end()) return difference;
  Post read = *found;
  read.id.channel = origin.post.id.channel;  // the seed, whatever the page calls itself
  difference.fields = differing_fields(origin.post, read);
  if (difference.fields.empty()) return std::nullopt;
  return difference;
}

/// The walk over the stored posts.
class Reparsing {
 public:
  Reparsing(store::SnapshotArchive& archive,
            const std::function<void(const ReparseDifference&)>& differs)
      : pages_(archive), differs_(differs) {}

  Result<void> add(const store::PostOrigin& origin) {
    ++report_.posts;
    if (origin.parser == importer::kDesktopReader) {
      ++report_.without_page;
      return {};
    }
    const auto page = pages_.read(origin.snapshot);
    if (!page) return fail(page.error());
    if (!(*page)->archived) {
      ++report_.not_archived;
    } else if (const auto difference = compare(origin, **page)) {
      ++report_.different;
      differs_(*difference);
    } else {
      ++report_.identical;
    }
    return {};
  }

  [[nodiscard]] const ReparseReport& report() const { return report_; }

 private:
  Pages pages_;
  const std::function<void(const ReparseDifference&)>& differs_;
  ReparseReport report_;
};

}  // namespace

Result<ReparseReport> reparse(store::Store& store,
                              store::SnapshotArchive& archive,
                              const std::optional<ChannelName>& channel,
                              const std::function<void(const ReparseDifference&)>& differs) {
  Reparsing reparsing(archive, differs);
  Result<void> added;
  const auto scanned = store.for_each_origin(channel, [&](const store::PostOrigin& origin) {
    added = reparsing.add(origin);
    return added.has_value();
  });
  if (!scanned) return fail(scanned.error());
  if (!added) return fail(added.error());
  return reparsing.report();
}

}  // namespace qanat::app
