#include "crawler/walk.h"

#include <chrono>
#include <initializer_list>
#include <vector>

#include "support/catch.h"

using qanat::ChannelName;
using qanat::ChannelPage;
using qanat::MessageId;
using qanat::Post;
using qanat::PostId;
using qanat::crawler::Walk;
using qanat::crawler::WalkEnd;

namespace {

ChannelPage page_of(std::vector<MessageId> ids, std::optional<MessageId> link = std::nullopt) {
  ChannelPage page;
  page.kind = qanat::PageKind::channel;
  page.before = link;
  for (const MessageId id : ids) {
    page.posts.push_back(
        Post{.id = PostId{.channel = ChannelName::parse("some_channel").value(), .message = id}});
  }
  return page;
}

std::optional<WalkEnd> ended(WalkEnd end) { return end; }

}  // namespace

TEST_CASE("a walk begins at the newest page") { CHECK_FALSE(Walk(100, 10).before().has_value()); }

TEST_CASE("an incremental walk ends on the page that meets the settled post") {
  Walk walk(100, 10);

  CHECK(walk.saw(page_of({95, 100, 105})) == ended(WalkEnd::met_known));

  CHECK(walk.newest() == 105);
  CHECK(walk.oldest() == 95);
}

TEST_CASE("an older post in place of the deleted settled one meets it as well") {
  Walk walk(100, 10);

  CHECK(walk.saw(page_of({99, 105})) == ended(WalkEnd::met_known));
}

TEST_CASE("a walk goes on at the smallest id seen until known posts are met") {
  Walk walk(100, 10);

  CHECK_FALSE(walk.saw(page_of({140, 150, 160}, 140)));
  CHECK(walk.before() == 140);
  CHECK_FALSE(walk.saw(page_of({118, 139}, 118)));
  CHECK(walk.before() == 118);
  CHECK(walk.saw(page_of({98, 117}, 98)) == ended(WalkEnd::met_known));
  CHECK(walk.newest() == 160);
}

TEST_CASE("a missing link to older posts does not end a walk") {
  Walk walk(std::nullopt, 10);

  CHECK_FALSE(walk.saw(page_of({40, 50})));
  CHECK(walk.before() == 40);
}

TEST_CASE("a link that points elsewhere does not lead a walk") {
  Walk walk(std::nullopt, 10);

  CHECK_FALSE(walk.saw(page_of({40, 50}, 7)));
  CHECK(walk.before() == 40);
}

TEST_CASE("a page with one post is not the end") {
  Walk walk(std::nullopt, 10);

  CHECK_FALSE(walk.saw(page_of({40})));
  CHECK(walk.before() == 40);
}

TEST_CASE("posts in any order give the same walk") {
  Walk walk(std::nullopt, 10);

  CHECK_FALSE(walk.saw(page_of({50, 40, 45})));
  CHECK(walk.before() == 40);
  CHECK(walk.newest() == 50);
}

TEST_CASE("a first visit ends at post 1 without asking for what lies before it") {
  Walk walk(std::nullopt, 10);

  CHECK(walk.saw(page_of({1, 2, 3})) == ended(WalkEnd::first_post));
}

TEST_CASE("a first visit whose first posts were deleted ends on the empty page") {
  Walk walk(std::nullopt, 10);

  CHECK_FALSE(walk.saw(page_of({17, 20})));
  CHECK(walk.saw(page_of({})) == ended(WalkEnd::first_post));
  CHECK(walk.oldest() == 17);
}

TEST_CASE("a channel without posts is at its beginning") {
  Walk walk(std::nullopt, 10);

  CHECK(walk.saw(page_of({})) == ended(WalkEnd::first_post));
  CHECK_FALSE(walk.newest().has_value());
}

TEST_CASE("an empty page is no proof that nothing is missing when known posts must follow") {
  Walk newest_empty(100, 10);
  CHECK(newest_empty.saw(page_of({})) == ended(WalkEnd::no_progress));

  Walk older_empty(100, 10);
  CHECK_FALSE(older_empty.saw(page_of({140, 150}, 140)));
  CHECK(older_empty.saw(page_of({})) == ended(WalkEnd::no_progress));
}

TEST_CASE("a channel whose known posts are gone begins at its oldest post") {
  Walk walk(5, 10);

  CHECK_FALSE(walk.saw(page_of({11, 12, 15})));  // posts 1 to 10 are deleted
  CHECK(walk.before() == 11);
  CHECK(walk.saw(page_of({})) == ended(WalkEnd::first_post));
  CHECK(walk.newest() == 15);
}

TEST_CASE("a gap below which all posts are gone is closed by the page above it") {
  Walk walk(5, 10, 11);

  CHECK_FALSE(walk.saw(page_of({})));
  CHECK(walk.before() == 12);
  CHECK_FALSE(walk.saw(page_of({11})));
  CHECK(walk.before() == 11);
  CHECK(walk.saw(page_of({})) == ended(WalkEnd::first_post));
}

TEST_CASE("a gap to which the page above it links stays, though its page is empty") {
  Walk walk(5, 10, 11);

  CHECK_FALSE(walk.saw(page_of({})));
  CHECK_FALSE(walk.saw(page_of({11}, 11)));
  CHECK(walk.saw(page_of({})) == ended(WalkEnd::no_progress));
}

TEST_CASE("an empty page in mid-history that links further back is walked over") {
  Walk walk(100, 10);

  CHECK_FALSE(walk.saw(page_of({140, 150})));
  CHECK_FALSE(walk.saw(page_of({}, 120)));
  CHECK(walk.before() == 120);
  CHECK(walk.saw(page_of({99, 110})) == ended(WalkEnd::met_known));
}

TEST_CASE("a page that repeats ends the walk") {
  Walk walk(std::nullopt, 1000);

  CHECK_FALSE(walk.saw(page_of({40, 50})));
  CHECK(walk.saw(page_of({40, 50})) == ended(WalkEnd::no_progress));
}

TEST_CASE("a host that ignores the cursor ends the walk, also when new posts came meanwhile") {
  Walk walk(std::nullopt, 1000);

  CHECK_FALSE(walk.saw(page_of({40, 50})));
  CHECK(walk.saw(page_of({42, 52})) == ended(WalkEnd::no_progress));
  CHECK(walk.newest() == 52);
}

TEST_CASE("the page budget ends a walk that has not arrived") {
  Walk walk(1, 2);

  CHECK_FALSE(walk.saw(page_of({40, 50})));
  CHECK(walk.saw(page_of({30, 39})) == ended(WalkEnd::page_budget));
}

TEST_CASE("a walk that arrives with its last page has arrived") {
  Walk walk(35, 2);

  CHECK_FALSE(walk.saw(page_of({40, 50})));
  CHECK(walk.saw(page_of({30, 39})) == ended(WalkEnd::met_known));
}

TEST_CASE("a budget below one still reads the newest page") {
  Walk walk(std::nullopt, 0);

  CHECK(walk.saw(page_of({40, 50})) == ended(WalkEnd::page_budget));
}

TEST_CASE("an id below 1 never becomes a cursor") {
  Walk walk(std::nullopt, 10);

  CHECK(walk.saw(page_of({-3, 0, 5})) == ended(WalkEnd::first_post));
}

namespace {

const qanat::Instant kNoon = qanat::parse_instant("2026-07-20T12:00:00Z").value();

/// The same, its posts published at noon and so many days before.
ChannelPage aged(ChannelPage page, int days) {
  for (Post& post : page.posts) post.published_at = kNoon - std::chrono::days{days};
  return page;
}

}  // namespace

TEST_CASE("known posts that are recent are read again, and what lies before them is not") {
  Walk walk(100, 10, std::nullopt, kNoon - std::chrono::days{2});

  CHECK_FALSE(walk.saw(aged(page_of({95, 105}), 0)));
  CHECK(walk.before() == 95);
  CHECK_FALSE(walk.saw(aged(page_of({90, 94}), 2)));
  CHECK(walk.saw(aged(page_of({80, 89}), 3)) == ended(WalkEnd::met_known));
}

TEST_CASE("a recheck ends at the page budget, and that is no gap") {
  Walk walk(100, 2, std::nullopt, kNoon - std::chrono::days{2});

  CHECK_FALSE(walk.saw(aged(page_of({95, 105}), 0)));
  CHECK(walk.saw(aged(page_of({90, 94}), 0)) == ended(WalkEnd::met_known));
}

TEST_CASE("a recheck that comes to a page that repeats or is empty has met the known posts") {
  Walk repeats(100, 10, std::nullopt, kNoon - std::chrono::days{2});
  CHECK_FALSE(repeats.saw(aged(page_of({95, 105}), 0)));
  CHECK(repeats.saw(aged(page_of({95, 105}), 0)) == ended(WalkEnd::met_known));

  Walk empty(100, 10, std::nullopt, kNoon - std::chrono::days{2});
  CHECK_FALSE(empty.saw(aged(page_of({95, 105}), 0)));
  CHECK(empty.saw(page_of({})) == ended(WalkEnd::met_known));
}

TEST_CASE("a page without dates is not read past for a recheck") {
  Walk walk(100, 10, std::nullopt, kNoon - std::chrono::days{2});

  CHECK(walk.saw(page_of({95, 105})) == ended(WalkEnd::met_known));
}

TEST_CASE("an empty page that a link led to is no beginning, whatever was read before") {
  Walk first_visit(std::nullopt, 10);
  CHECK_FALSE(first_visit.saw(page_of({40, 50}, 40)));
  CHECK(first_visit.saw(page_of({})) == ended(WalkEnd::no_progress));
  CHECK(first_visit.oldest() == 40);

  Walk over_a_hole(std::nullopt, 10);
  CHECK_FALSE(over_a_hole.saw(page_of({40, 50})));
  CHECK_FALSE(over_a_hole.saw(page_of({}, 20)));
  CHECK(over_a_hole.saw(page_of({})) == ended(WalkEnd::no_progress));
}

TEST_CASE("a walk that begins with an empty page believes it by the page above") {
  Walk at_the_beginning(std::nullopt, 10, 17);
  CHECK_FALSE(at_the_beginning.saw(page_of({})));
  CHECK(at_the_beginning.before() == 18);
  CHECK_FALSE(at_the_beginning.saw(page_of({17})));
  CHECK(at_the_beginning.before() == 17);
  CHECK(at_the_beginning.saw(page_of({})) == ended(WalkEnd::first_post));

  Walk in_mid_history(std::nullopt, 10, 61);
  CHECK_FALSE(in_mid_history.saw(page_of({})));
  CHECK_FALSE(in_mid_history.saw(page_of({61}, 61)));
  CHECK(in_mid_history.saw(page_of({})) == ended(WalkEnd::no_progress));

  Walk once_only(std::nullopt, 10, 61);
  CHECK_FALSE(once_only.saw(page_of({})));
  CHECK_FALSE(once_only.saw(page_of({50, 61}, 50)));
  CHECK(once_only.before() == 50);

  Walk all_empty(std::nullopt, 10, 61);
  CHECK_FALSE(all_empty.saw(page_of({})));
  CHECK(all_empty.saw(page_of({})) == ended(WalkEnd::no_progress));
}

TEST_CASE("a walk that is given up has met what it has met") {
  Walk walk(100, 10, std::nullopt, kNoon - std::chrono::days{2});

  CHECK_FALSE(walk.saw(aged(page_of({140, 150}), 0)));
  CHECK(walk.give_up() == WalkEnd::run_budget);
  CHECK_FALSE(walk.saw(aged(page_of({95, 105}), 0)));
  CHECK(walk.give_up() == WalkEnd::met_known);
}
