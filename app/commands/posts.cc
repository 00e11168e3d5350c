#include <memory>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/open_store.h"
#include "app/record_filter.h"
#include "app/record_text.h"
#include "record/json.h"
#include "store/search_text.h"

namespace qanat::app {
namespace {

constexpr std::int64_t kShownToPeople = 50;

struct ListOptions {
  FilterOptions filter;
  std::vector<std::string> words;
  bool searching = false;  ///< there must be a word
  bool json = false;
  bool limited = false;  ///< --limit was given
};

Result<int> print_json(const Session& session,
                       store::Store& store,
                       const store::RecordFilter& filter) {
  const auto read = store.for_each(filter, [&session](const Record& record) {
    session.out << record::record_line(record) << '\n';
    return session.out.good();
  });
  if (!read) return fail(read.error());
  return kExitFine;
}

Result<int> print_table(const Session& session,
                        store::Store& store,
                        const store::RecordFilter& filter) {
  RecordTable table;
  // One more than is shown tells whether there are more.
  store::RecordFilter probe = filter;
  if (filter.limit > 0) ++probe.limit;
  std::int64_t found = 0;
  const auto read = store.for_each(probe, [&](const Record& record) {
    ++found;
    if (filter.limit == 0 || found <= filter.limit) table.add(record);
    return true;
  });
  if (!read) return fail(read.error());
  if (found == 0) {
    session.err << "no post matches\n";
    return kExitFine;
  }
  table.print(session.out, session.out_terminal);
  if (filter.limit > 0 && found > filter.limit) {
    session.err << "the newest " << filter.limit << "; there are more: --limit 0 shows all\n";
  }
  return kExitFine;
}

Result<int> list(const Session& session, const ListOptions& options) {
  auto filter = read_filter(options.filter);
  if (!filter) return fail(filter.error());
  for (const std::string& word : options.words) filter->words += word + " ";
  if (options.searching && store::search_words(filter->words).empty()) {
    return fail(Errc::usage, "search: give at least one word; see `qanat search --help`");
  }
  filter->newest_first = true;
  if (!options.limited && !options.json) filter->limit = kShownToPeople;
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  if (auto met = check_channels(*store, filter->channels); !met) return fail(met.error());
  return options.json ? print_json(session, *store, *filter)
                      : print_table(session, *store, *filter);
}

Result<int> show(const Session& session, const std::string& text, bool json) {
  const auto id = read_post_id(text);
  if (!id) return fail(id.error());
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  const auto record = find_record(*store, *id);
  if (!record) return fail(record.error());
  if (json) {
    session.out << record::record_line(*record) << '\n';
  } else {
    print_record(session.out, session.out_terminal, *record);
  }
  return kExitFine;
}

void bind_list(CLI::App& command, Session& session, const std::shared_ptr<ListOptions>& options) {
  add_filter_options(command, options->filter);
  command.get_option("--limit")->description("At most N; 0 for all. By default " +
                                             std::to_string(kShownToPeople) + ", with --json all");
  command.add_flag("--json",
                   options->json,
                   "Print whole records, one JSON object per line (docs/schema/post.schema.json)");
  command.callback([&session, options, &command] {
    options->limited = command.count("--limit") > 0;
    session.action = [&session, options] { return list(session, *options); };
  });
}

}  // namespace

void add_posts(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "posts",
                                  "List the stored posts, the newest first",
                                  "qanat posts --outcome stripped\n"
                                  "qanat posts --channel some_channel --since 2026-07-01\n"
                                  "qanat posts --label qa,mixed --json");
  bind_list(*command, session, std::make_shared<ListOptions>());
}

void add_search(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "search",
                                  "List the stored posts that contain all the words",
                                  "qanat search промокод\n"
                                  "qanat search unique_ptr --label qa --json");
  auto options = std::make_shared<ListOptions>();
  options->searching = true;
  command->add_option("words", options->words, "Parts of words; case and ё/е do not matter")
      ->type_name("WORD")
      ->required();
  bind_list(*command, session, options);
}

void add_show(CLI::App& parent, Session& session) {
  CLI::App* command = add_command(parent,
                                  "show",
                                  "Show one stored post with its removed parts marked",
                                  "qanat show some_channel/1020\n"
                                  "qanat show https://t.me/some_channel/1020 --json");
  struct Options {
    std::string id;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  command->add_option("id", options->id, "some_channel/1020, or its address")
      ->type_name("ID")
      ->required();
  command->add_flag(
      "--json", options->json, "The record as one JSON object (docs/schema/post.schema.json)");
  set_action(
      *command, session, [&session, options] { return show(session, options->id, options->json); });
}

}  // namespace qanat::app
