#include "app/reparse.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "app/channel_profiles.h"
#include "app/judged_post.h"
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

/// The stored post as the page has it, if it has it.
std::optional<Post> find_on(const ReadSnapshot& page, const PostId& id) {
  const auto found = std::ranges::find_if(
      page.posts, [&](const Post& post) { return post.id.message == id.message; });
  if (found == page.posts.end()) return std::nullopt;
  Post read = *found;
  read.id.channel = id.channel;  // the seed, whatever the page calls itself
  return read;
}

/// Posts to write, a page's in one transaction.
class Rewriting {
 public:
  Rewriting(store::Store& store, const classifier::Classifier& classifier, Instant now)
      : store_(store), classifier_(classifier), profiles_(store), now_(now) {}

  Result<void> add(Post read, const std::string& snapshot) {
    constexpr std::size_t kPostsAtOnce = 64;
    if (batch_.size() >= kPostsAtOnce && batch_.back().snapshot != snapshot) {
      if (auto kept = keep(); !kept) return kept;
    }
    const auto profile = profiles_.of(read.id.channel);
    if (!profile) return fail(profile.error());
    batch_.push_back({.judged = judge_post(classifier_, **profile, std::move(read)),
                      .snapshot = snapshot,
                      .parser = std::string(parser::kParserVersion)});
    return {};
  }

  Result<void> keep() {
    const auto kept = store_.keep_reread(batch_, now_);
    if (!kept) return fail(kept.error());
    written_ += static_cast<std::int64_t>(*kept);
    batch_.clear();
    return {};
  }

  [[nodiscard]] std::int64_t written() const { return written_; }

 private:
  store::Store& store_;
  const classifier::Classifier& classifier_;
  StoredProfiles profiles_;
  Instant now_;
  std::vector<store::Reread> batch_;
  std::int64_t written_ = 0;
};

/// The walk over the stored posts.
class Reparsing {
 public:
  Reparsing(store::Store& store,
            store::SnapshotArchive& archive,
            const ReparsePlan& plan,
            Instant now,
            const std::function<void(const ReparseDifference&)>& differs)
      : pages_(archive), differs_(differs) {
    if (plan.apply != nullptr) rewriting_.emplace(store, *plan.apply, now);
  }

  Result<void> add(const store::PostOrigin& origin) {
    ++report_.posts;
    if (origin.parser == importer::kDesktopReader) {
      ++report_.without_page;
      return {};
    }
    const auto page = pages_.read(origin.snapshot);
    if (!page) return fail(page.error());
    if ((*page)->archived) return compare(origin, **page);
    ++report_.not_archived;
    return {};
  }

  Result<ReparseReport> finish() {
    if (rewriting_) {
      if (auto kept = rewriting_->keep(); !kept) return fail(kept.error());
      report_.written = rewriting_->written();
    }
    return report_;
  }

 private:
  Result<void> compare(const store::PostOrigin& origin, const ReadSnapshot& page) {
    auto read = find_on(page, origin.post.id);
    if (read && *read == origin.post) {
      ++report_.identical;
      return {};
    }
    ++report_.different;
    differs_({.id = origin.post.id.str(),
              .parser = origin.parser,
              .fields = read ? differing_fields(origin.post, *read) : std::vector<std::string>()});
    return read && rewriting_ ? rewriting_->add(*std::move(read), origin.snapshot) : Result<void>();
  }

  Pages pages_;
  const std::function<void(const ReparseDifference&)>& differs_;
  std::optional<Rewriting> rewriting_;
  ReparseReport report_;
};

}  // namespace

Result<ReparseReport> reparse(store::Store& store,
                              store::SnapshotArchive& archive,
                              const ReparsePlan& plan,
                              Instant now,
                              const std::function<void(const ReparseDifference&)>& differs) {
  Reparsing reparsing(store, archive, plan, now, differs);
  Result<void> added;
  const auto scanned = store.for_each_origin(plan.channel, [&](const store::PostOrigin& origin) {
    added = reparsing.add(origin);
    return added.has_value();
  });
  if (!scanned) return fail(scanned.error());
  if (!added) return fail(added.error());
  return reparsing.finish();
}

}  // namespace qanat::app
