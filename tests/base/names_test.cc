#include "base/names.h"

#include "support/catch.h"

using namespace qanat;

namespace {

/// Every value up to `last` has a name of its own that leads back to it.
template <class Enum>
void check_names(Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const Enum value = static_cast<Enum>(i);
    INFO(name_of(value));
    CHECK(from_name<Enum>(name_of(value)) == value);
  }
  CHECK_FALSE(from_name<Enum>("no such name"));
}

}  // namespace

TEST_CASE("every name leads back to its value", "[names]") {
  check_names(Label::other);
  check_names(Outcome::review);
  check_names(RemovedKind::boilerplate);
  check_names(BlockKind::separator);
  check_names(BlockOutcome::boilerplate);
  check_names(PostKind::withheld);
  check_names(ServiceKind::other);
  check_names(MediaType::unsupported);
  check_names(EntityKind::custom_emoji);
  check_names(PageKind::unknown);
}

TEST_CASE("names stand in the order of their values", "[names]") {
  CHECK(name_of(Outcome::ad_only) == "ad_only");
  CHECK(name_of(PostKind::withheld) == "withheld");
  CHECK(name_of(PostKind::voice) == "voice");
  CHECK(name_of(ServiceKind::pinned) == "pinned");
  CHECK(name_of(ServiceKind::giveaway_results) == "giveaway_results");
  CHECK(name_of(MediaType::venue) == "venue");
  CHECK(name_of(EntityKind::collapsed_quote) == "collapsed_quote");
  CHECK(name_of(EntityKind::cashtag) == "cashtag");
  CHECK(name_of(PageKind::private_invite) == "private_invite");
}
