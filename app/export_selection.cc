#include "app/export_selection.h"

#include "app/moment_option.h"
#include "app/number_option.h"
#include "app/session.h"

namespace qanat::app {
void add_selection_options(CLI::App& command, SelectionOptions& options) {
  add_filter_options(command, options.filter);
  command.add_option("--lang", options.langs, "Only ru, en or other; comma-separated")
      ->type_name("LANG")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(CLI::IsMember({"ru", "en", "other"}));
  const auto number = [&](const std::string& name,
                          std::optional<std::int64_t>& value,
                          const std::string& description) {
    command.add_option(name, value, description)->type_name("N")->transform(whole_number(0));
  };
  number("--min-views", options.min_views, "Only posts with at least N views");
  number("--min-reactions", options.min_reactions, "Only posts with at least N reactions in all");
  number("--min-length", options.min_length, "Only texts of at least N characters, as written");
  number("--max-length", options.max_length, "Only texts of at most N characters, as written");
  command.add_flag("--representatives",
                   options.representatives_only,
                   "Of posts that say the same, only the first (it names their cluster)");
  command.add_flag("--without-deleted",
                   options.without_deleted,
                   "Leave out posts that were deleted from their channel");
  add_moment_option(
      command, "--as-of", options.as_of, "Export the posts as the store had them at this moment")
      ->type_name("TIME");
}

Result<std::optional<Instant>> read_as_of(const SelectionOptions& options) {
  auto moment = read_moment("--as-of", options.as_of);
  if (!moment || !*moment || **moment <= now()) return moment;
  return fail(Errc::usage,
              "--as-of `" + options.as_of +
                  "`: this is in the future, and what the store will have then is not known");
}

Result<exporting::Selection> read_selection(const SelectionOptions& options) {
  auto filter = read_filter(options.filter);
  if (!filter) return fail(filter.error());
  return exporting::Selection{.stored = *std::move(filter),
                              .langs = options.langs,
                              .min_views = options.min_views,
                              .min_reactions = options.min_reactions,
                              .min_length = options.min_length,
                              .max_length = options.max_length,
                              .representatives_only = options.representatives_only,
                              .without_deleted = options.without_deleted};
}

}  // namespace qanat::app
