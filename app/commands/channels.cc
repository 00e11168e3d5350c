#include <algorithm>
#include <memory>
#include <span>
#include <sstream>

#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/input.h"
#include "app/open_store.h"
#include "app/record_filter.h"
#include "app/text_table.h"
#include "app/units.h"
#include "base/instant.h"

namespace qanat::app {
namespace {

constexpr InputCap kListCap = {.bytes = std::size_t{16} << 20,
                               .remedy = "import it in parts, or check that it is a list"};

/// Some editors begin a file with it.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// All of them or the first that is wrong: half a list is never added.
Result<std::vector<ChannelName>> read_names(const std::vector<std::string>& texts) {
  std::vector<ChannelName> names;
  for (const std::string& text : texts) {
    const auto name = read_channel_name(text);
    if (!name) return fail(name.error());
    names.push_back(*name);
  }
  return names;
}

Result<int> add_names(const Session& session, const std::vector<ChannelName>& names) {
  auto store = open_store(session, store::Access::read_write);
  if (!store) return fail(store.error());
  const auto known = store->add_channels(names, now());
  if (!known) return fail(known.error());
  for (const ChannelName& name : *known) session.err << name.str() << ": already followed\n";
  session.err << counted(std::ssize(names) - std::ssize(*known), "channel") << " added\n";
  return kExitFine;
}

Result<int> add(const Session& session, const std::vector<std::string>& texts) {
  const auto names = read_names(texts);
  if (!names) return fail(names.error());
  return add_names(session, *names);
}

/// "some_channel, other_channel": those that nobody follows.
Result<std::string> not_followed(store::Store& store, std::span<const ChannelName> names) {
  std::string strangers;
  for (const ChannelName& name : names) {
    const auto row = store.channel(name);
    if (!row) return fail(row.error());
    if (!*row) strangers += (strangers.empty() ? "" : ", ") + name.str();
  }
  return strangers;
}

/// All of them or none.
Result<int> remove(const Session& session, const std::vector<std::string>& texts) {
  const auto names = read_names(texts);
  if (!names) return fail(names.error());
  auto store = open_store(session, store::Access::read_write);
  if (!store) return fail(store.error());
  const auto strangers = not_followed(*store, *names);
  if (!strangers) return fail(strangers.error());
  if (!strangers->empty()) {
    return fail(Errc::usage,
                *strangers + ": not followed; see `qanat channels list`. None was removed");
  }
  if (auto removed = store->remove_channels(*names); !removed) return fail(removed.error());
  for (const ChannelName& name : *names) {
    session.err << name.str() << ": no longer followed; its posts stay\n";
  }
  return kExitFine;
}

/// "some_channel  # a note" → "some_channel".
std::string without_note(const std::string& line) {
  const std::string text = line.substr(0, line.find('#'));
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

Result<std::vector<ChannelName>> read_list(const std::string& text, const std::string& file) {
  std::vector<ChannelName> names;
  std::string problems;
  std::istringstream lines(text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size())
                                                            : text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::string word = without_note(line);
    if (word.empty()) continue;
    const auto name = read_channel_name(word);
    if (name) {
      names.push_back(*name);
    } else {
      problems += (problems.empty() ? "" : "\n") + file + ":" + std::to_string(number) + ": " +
                  name.error().message;
    }
  }
  if (!problems.empty()) return fail(Errc::usage, problems + "\nno channel was added");
  return names;
}

Result<int> import(const Session& session, const std::string& file) {
  const auto text = read_input(file, session.in, kListCap);
  if (!text) return fail(text.error());
  const auto names = read_list(*text, file == "-" ? "standard input" : file);
  if (!names) return fail(names.error());
  return add_names(session, *names);
}

nlohmann::ordered_json or_null(const std::optional<Instant>& instant) {
  if (!instant) return nullptr;
  return format_instant(*instant);
}

/// A followed channel, and which of its posts no walk has read.
struct Listed {
  store::ChannelRow row;
  std::vector<store::Gap> gaps;
};

Result<std::vector<Listed>> read_listed(store::Store& store) {
  auto rows = store.channels();
  if (!rows) return fail(rows.error());
  std::vector<Listed> listed;
  for (store::ChannelRow& row : *rows) {
    auto gaps = store.gaps(row.name);
    if (!gaps) return fail(gaps.error());
    listed.push_back({.row = std::move(row), .gaps = *std::move(gaps)});
  }
  return listed;
}

std::int64_t count_ids(std::span<const store::Gap> gaps) {
  std::int64_t ids = 0;
  for (const store::Gap& gap : gaps) ids += gap.high - gap.low + 1;
  return ids;
}

nlohmann::ordered_json gaps_json(std::span<const store::Gap> gaps) {
  auto out = nlohmann::ordered_json::array();
  for (const store::Gap& gap : gaps) {
    out.push_back({{"low", gap.low}, {"high", gap.high}, {"cause", gap.cause}});
  }
  return out;
}

nlohmann::ordered_json channel_json(const Listed& listed) {
  const store::ChannelRow& row = listed.row;
  return {
      {"channel", row.name.str()},
      {"state", name_of(row.state)},
      {"state_since", format_instant(row.state_since)},
      {"title", row.title},
      {"username", row.username},
      {"subscribers_text", row.subscribers},
      {"posts", row.posts},
      {"posts_per_day", row.posts_per_day ? nlohmann::ordered_json(*row.posts_per_day) : nullptr},
      {"newest_settled", row.settled ? nlohmann::ordered_json(*row.settled) : nullptr},
      {"added_at", format_instant(row.added_at)},
      {"last_visit_at", or_null(row.last_visit_at)},
      {"last_success_at", or_null(row.last_success_at)},
      {"next_due_at", or_null(row.next_due_at)},
      {"failures_in_a_row", row.failures},
      {"last_error", row.last_error},
      {"unread_ids", count_ids(listed.gaps)},
      {"gaps", gaps_json(listed.gaps)}};
}

/// The title, with the name that its page has when that is another.
std::string title_of(const store::ChannelRow& row) {
  const auto shown = ChannelName::parse(row.username);
  return shown && *shown != row.name ? row.title + " (@" + row.username + ")" : row.title;
}

/// "31: 1-10, 50-70"; empty when all is read.
std::string unread_ids(std::span<const store::Gap> gaps) {
  constexpr std::size_t kNamed = 2;
  if (gaps.empty()) return "";
  std::string out = std::to_string(count_ids(gaps));
  for (std::size_t i = 0; i < std::min(gaps.size(), kNamed); ++i) {
    out +=
        (i == 0 ? ": " : ", ") + std::to_string(gaps[i].low) + "-" + std::to_string(gaps[i].high);
  }
  if (gaps.size() > kNamed) out += " and " + std::to_string(gaps.size() - kNamed) + " more";
  return out;
}

std::string due_of(const store::ChannelRow& row) {
  if (!row.next_due_at) return "now";
  return *row.next_due_at == store::kNeverDue ? "never" : format_instant(*row.next_due_at);
}

void print_table(const Session& session, std::span<const Listed> channels) {
  TextTable table({{.title = "channel"},
                   {.title = "state"},
                   {.title = "posts", .right = true},
                   {.title = "subscribers", .right = true},
                   {.title = "last success"},
                   {.title = "due"},
                   {.title = "ids not read"},
                   {.title = "title or trouble"}});
  for (const auto& [row, gaps] : channels) {
    const bool trouble = !row.last_error.empty();
    table.add({row.name.str(),
               std::string(name_of(row.state)),
               std::to_string(row.posts),
               row.subscribers,
               row.last_success_at ? format_instant(*row.last_success_at) : "never",
               due_of(row),
               unread_ids(gaps),
               trouble ? row.last_error : title_of(row)},
              trouble ? std::optional(Style::yellow) : std::nullopt);
  }
  table.print(session.out, session.out_terminal);
  if (std::ranges::any_of(channels, [](const Listed& one) { return !one.gaps.empty(); })) {
    session.err << "`qanat crawl CHANNEL --backfill` fetches the ids that were not read\n";
  }
}

Result<int> list(const Session& session, bool json) {
  auto store = open_store(session, store::Access::read_only);
  if (!store) return fail(store.error());
  const auto listed = read_listed(*store);
  if (!listed) return fail(listed.error());
  if (json) {
    auto channels = nlohmann::ordered_json::array();
    for (const Listed& one : *listed) channels.push_back(channel_json(one));
    const nlohmann::ordered_json out = {{"schema", "qanat.channels/1"}, {"channels", channels}};
    session.out << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  } else if (listed->empty()) {
    session.err << "no channel is followed yet; add one with `qanat channels add some_channel`\n";
  } else {
    print_table(session, *listed);
  }
  return kExitFine;
}

void add_names_command(CLI::App& group,
                       Session& session,
                       const std::string& name,
                       const std::string& description,
                       Result<int> (*act)(const Session&, const std::vector<std::string>&)) {
  CLI::App* command =
      add_command(group, name, description, "qanat channels " + name + " some_channel @another");
  auto names = std::make_shared<std::vector<std::string>>();
  command->add_option("channels", *names, "Usernames or addresses")
      ->type_name("CHANNEL")
      ->required();
  set_action(*command, session, [&session, names, act] { return act(session, *names); });
}

}  // namespace

void add_channels(CLI::App& parent, Session& session) {
  CLI::App* group = add_group(parent, "channels", "Choose which channels to follow");
  add_names_command(*group, session, "add", "Follow channels", add);
  add_names_command(*group, session, "remove", "Stop following channels; posts stay", remove);
  add_channel_rename(*group, session);

  CLI::App* listing = add_command(*group,
                                  "list",
                                  "List the followed channels and their state",
                                  "qanat channels list\nqanat channels list --json");
  auto json = std::make_shared<bool>(false);
  listing->add_flag("--json", *json, "As one JSON object (docs/schema/channels.schema.json)");
  set_action(*listing, session, [&session, json] { return list(session, *json); });

  add_channel_profile(*group, session);

  CLI::App* importing =
      add_command(*group,
                  "import",
                  "Follow the channels in a file: one per line, # starts a comment",
                  "qanat channels import channels.txt");
  auto file = std::make_shared<std::string>();
  importing->add_option("file", *file, "The file, or - for standard input")
      ->type_name("FILE|-")
      ->required();
  set_action(*importing, session, [&session, file] { return import(session, *file); });
}

}  // namespace qanat::app
