#include "export/dataset/card.h"

#include <cstdint>
#include <map>
#include <string_view>

#include "export/dataset/card_header.h"
#include "export/dataset/card_origin.h"
#include "export/dataset/markdown_pieces.h"
#include "export/field_table.h"
#include "export/selection_json.h"
#include "record/json.h"

namespace qanat::exporting {
namespace {

std::string counts_table(std::string_view what, const std::map<std::string, std::int64_t>& counts) {
  std::string out = "| " + std::string(what) + " | posts |\n|---|---:|\n";
  for (const auto& [name, posts] : counts) {
    out += "| " + cell(name) + " | " + std::to_string(posts) + " |\n";
  }
  return out + '\n';
}

std::string summary(const DataSet& set) {
  const RowCounts& counts = set.counts;
  return "# " + set.title + "\n\n" + std::to_string(counts.rows) + " posts of " +
         std::to_string(counts.channels.size()) + (counts.imported > 0 ? "" : " public") +
         " Telegram channels, published from " + day_or_unknown(counts.first_published) + " to " +
         day_or_unknown(counts.last_published) +
         ". Each was judged by rules for advertising; `question` and `answer` "
         "hold what is left, "
         "`removed` says what was left out and which rules said so.\n\n";
}

std::string splits(const DataSet& set) {
  std::string out = "## Splits\n\n| split | posts | bytes |\n|---|---:|---:|\n";
  for (const DataPart& part : set.parts) {
    out += "| " + part.name + " | " + std::to_string(part.rows()) + " | " +
           std::to_string(part.bytes()) + " |\n";
  }
  if (set.parts.size() == 1) return out + '\n';
  out +=
      "\nSplit by " + std::string(name_of(set.plan.by)) + ". " + std::to_string(set.leaked) +
      " posts outside of " + set.parts.front().name +
      " have a near-duplicate (equal `cluster`) in it. `splits.csv.gz` says which post is where; "
      "a later release leaves it there.";
  if (set.without_date > 0) {
    out += " " + std::to_string(set.without_date) + " posts without a date are left out.";
  }
  if (set.left_out_leaks > 0) {
    out += " " + std::to_string(set.left_out_leaks) +
           " posts are left out because near-duplicates of them were published in several splits.";
  }
  return out + "\n\n";
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the table.
void add_fields(std::string& out, const std::vector<Field>& fields, const std::string& above) {
  for (const Field& field : fields) {
    const std::string name = field.name == "element"
                                 ? above + "[]"
                                 : above + (above.empty() ? "" : ".") + std::string(field.name);
    if (!field.meaning.empty()) {
      out += "| `" + name + "` | " + cell(field.meaning) + " |\n";
    }
    add_fields(out, field.fields, name);
  }
}

std::string fields_section() {
  std::string out = "## Fields\n\n| field | meaning |\n|---|---|\n";
  add_fields(out, record_fields(), "");
  return out +
         "\n`start` and `end` count Unicode code points of `text`, "
         "half-open.\n\n";
}

std::string made_by(const DataSet& set) {
  std::string out = "## How it was made\n\n";
  out += "Written by " + set.program + " with the filter\n\n```json\n" +
         record::dump_line(selection_json(set.selection)) + "\n```\n\n";
  out += "Ad rules: ";
  for (const std::string& ruleset : set.fingerprints.rulesets) out += "`" + ruleset + "` ";
  return out +
         "\n\n`manifest.json` has the SHA-256 of every file; `qanat "
         "export verify` checks "
         "them.\n\n";
}

std::string personal_data(const DataSet& set) {
  if (!set.redacted) {
    return "* **Personal data.** Nothing was taken out of the posts: " + set.not_redacted_because +
           "\n";
  }
  std::string counts;
  for (const auto& [kind, count] : *set.redacted)
    counts += ", " + kind + " " + std::to_string(count);
  return "* **Personal data.** Placeholders such as `[PHONE_1]` stand for what leads to private "
         "people" +
         counts + "; programs miss some, and posts may still name people.\n";
}

std::string limits(const DataSet& set) {
  return "## What to know before using it\n\n"
         "* **Licence.** Posts remain their authors' works. `license: other` speaks of that; what "
         "you may "
         "do with them is for you to find out.\n" +
         personal_data(set) +
         "* **Labels are judgements of rules**, not of people, and are wrong at times.\n"
         "* **Views and reactions** are rounded as the page shows them; `views_text` and "
         "`count_text` keep "
         "the words.\n"
         "* **Media addresses** stop working within days.\n\n";
}

}  // namespace

std::string data_set_card(const DataSet& set) {
  return card_header(set) + "\n" + summary(set) + splits(set) + "## What is in it\n\n" +
         counts_table("label", set.counts.labels) + counts_table("outcome", set.counts.outcomes) +
         counts_table("language", set.counts.langs) + fields_section() + collection_section(set) +
         judging_section(set) + gaps_section(set) + made_by(set) + limits(set) +
         removal_section(set);
}

}  // namespace qanat::exporting
