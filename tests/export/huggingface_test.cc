#include "export/huggingface.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "export/dataset/json_schema.h"
#include "export/field_table.h"
#include "export/manifest.h"
#include "store/erasure.h"
#include "support/files.h"
#include "table_agreement.h"
#include "tests/store/pages.h"

using namespace qanat;
using namespace qanat::test;
using exporting::DataSet;
using exporting::Field;
using exporting::FieldType;
using exporting::record_fields;
using exporting::verify_folder;
using exporting::write_huggingface;
using record::Json;

namespace fs = std::filesystem;

namespace {

store::Store filled_store(const std::string& path) {
  store::Store store = new_store(path);
  std::vector<store::JudgedPost> posts;
  for (MessageId id = 1; id <= 40; ++id) {
    posts.push_back(judged("some_channel", id, "Post " + std::to_string(id)));
  }
  store::PageCommit commit = page("some_channel", posts);
  commit.run = must(store.begin_run(kMonday));
  must(store.keep_page(commit, kMonday));
  return store;
}

DataSet write_set(store::Store& store, const std::string& folder) {
  return must(write_huggingface(store,
                                {},
                                {.folder = folder,
                                 .title = "A set",
                                 .program = "qanat version 1",
                                 .plan = {.parts = must(exporting::read_split("50/25/25"))}}));
}

std::set<std::string> files_of(const fs::path& folder) {
  std::set<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) out.insert(entry.path().lexically_relative(folder).string());
  }
  return out;
}

Json json_of(const fs::path& path) { return Json::parse(read_file(path)); }

/// What a description can tell of a field: names, types and parts.
std::vector<Field> plain(std::vector<Field> fields) {
  for (Field& field : fields) {
    field.nullable = false;
    field.choices.clear();
    field.meaning = {};
    field.fields = plain(std::move(field.fields));
  }
  return fields;
}

/// Names that live as long as the program.
std::string_view kept(std::string text) {
  static std::set<std::string> all;
  return *all.insert(std::move(text)).first;
}

Field leaf(std::string_view name, const std::string& type) {
  static const std::map<std::string, FieldType> kTypes = {
      {"string", FieldType::text},
      {"int64", FieldType::integer},
      {"float64", FieldType::number},
      {"bool", FieldType::boolean},
      {"timestamp[ms, tz=UTC]", FieldType::moment},
      {"sc:Text", FieldType::text},
      {"sc:Integer", FieldType::integer},
      {"sc:Float", FieldType::number},
      {"sc:Boolean", FieldType::boolean},
      {"sc:DateTime", FieldType::moment}};
  INFO(type);
  REQUIRE(kTypes.contains(type));
  return {.name = name, .type = kTypes.at(type)};
}

/// The features of a card's YAML: "- name: x" and, two further in, "dtype: t", "list: t", "list:"
/// or "struct:" with names below.
class CardFeatures {
 public:
  explicit CardFeatures(const std::string& card) {
    std::istringstream in(card.substr(card.find("  features:\n")));
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line) && !line.starts_with("  splits:")) lines_.push_back(line);
  }

  std::vector<Field> fields(std::size_t indent = 2) {
    std::vector<Field> out;
    const std::string margin(indent, ' ');
    while (at_ < lines_.size() && lines_[at_].starts_with(margin + "- name: ")) {
      const std::string_view name = kept(lines_[at_++].substr(indent + 8));
      const std::string type = lines_[at_++].substr(indent + 2);
      out.push_back(field(name, type, indent + 2));
    }
    return out;
  }

 private:
  Field field(std::string_view name, const std::string& type, std::size_t indent) {
    if (type == "struct:") {
      return {.name = name, .type = FieldType::object, .fields = fields(indent)};
    }
    if (type == "list:") {
      return {.name = name,
              .type = FieldType::list,
              .fields = {{.name = "element", .type = FieldType::object, .fields = fields(indent)}}};
    }
    if (type.starts_with("list: ")) {
      return {.name = name, .type = FieldType::list, .fields = {leaf("element", type.substr(6))}};
    }
    REQUIRE(type.starts_with("dtype: "));
    return leaf(name, type.substr(7));
  }

  std::vector<std::string> lines_;
  std::size_t at_ = 0;
};

std::vector<Field> croissant_fields(const Json& list) {
  std::vector<Field> out;
  for (const Json& json : list) {
    const std::string id = json["@id"];
    Field field{.name = kept(id.substr(id.rfind('/') + 1))};
    if (json.contains("subField")) {
      field.type = FieldType::object;
      field.fields = croissant_fields(json["subField"]);
    } else {
      field = leaf(field.name, json["dataType"]);
    }
    if (json.value("repeated", false)) {
      Field element = std::move(field);
      field = {.name = element.name, .type = FieldType::list};
      element.name = "element";
      field.fields = {std::move(element)};
    }
    out.push_back(std::move(field));
  }
  return out;
}

}  // namespace

TEST_CASE("a data set for the Hub is a whole folder, and its manifest names every file", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));

  const DataSet set = write_set(store, folder.file("set"));

  CHECK(files_of(folder.file("set")) ==
        std::set<std::string>{"README.md",
                              "REMOVALS.jsonl",
                              "croissant.json",
                              "data/test-00000-of-00001.parquet",
                              "data/train-00000-of-00001.parquet",
                              "data/validation-00000-of-00001.parquet",
                              "datapackage.json",
                              "manifest.json",
                              "schema.json",
                              "splits.csv.gz"});
  const auto verified = must(verify_folder(folder.file("set")));
  CHECK(verified.files == 9);
  CHECK(verified.differences.empty());
  CHECK(set.counts.rows == 40);
  CHECK(set.parts[0].rows() + set.parts[1].rows() + set.parts[2].rows() == 40);
}

TEST_CASE("the same store gives the same folder, byte for byte", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));

  write_set(store, folder.file("one"));
  write_set(store, folder.file("two"));

  for (const std::string& name : files_of(folder.file("one"))) {
    INFO(name);
    CHECK(read_file(folder.file("one/" + name)) == read_file(folder.file("two/" + name)));
  }
}

TEST_CASE("a data set names what was removed for good, and neither says it nor why", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));
  const ChannelName some = channel("some_channel");
  const ChannelName gone = channel("gone_channel");
  const std::vector<store::RemovalTarget> targets{{.channel = some, .post = 7},
                                                  {.channel = gone, .post = {}}};
  must(must(store::Erasure::open(folder.file("q.db"))).erase(targets, "a reason", kMonday));

  const DataSet set = write_set(store, folder.file("set"));

  CHECK(set.counts.rows == 39);
  CHECK(read_file(folder.file("set/REMOVALS.jsonl")) ==
        R"({"schema":"qanat.removal/1","id":"gone_channel","channel":"gone_channel","post":null,)"
        R"("removed_at":"2026-07-20T02:00:00Z"})"
        "\n"
        R"({"schema":"qanat.removal/1","id":"some_channel/7","channel":"some_channel","post":7,)"
        R"("removed_at":"2026-07-20T02:00:00Z"})"
        "\n");
  CHECK(must(verify_folder(folder.file("set"))).differences.empty());
  CHECK(read_file(folder.file("set/README.md")).contains("`REMOVALS.jsonl` (2 so far)"));
  (void)must(
      write_huggingface(store, {.stored = {.channels = {some}}}, {.folder = folder.file("of")}));
  CHECK_FALSE(read_file(folder.file("of/REMOVALS.jsonl")).contains("gone_channel"));
}

TEST_CASE("a part that grows too large goes on in another file", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));

  const DataSet set = must(write_huggingface(
      store, {}, {.folder = folder.file("set"), .program = "qanat version 1", .file_bytes = 1}));

  REQUIRE(set.parts.size() == 1);
  REQUIRE(set.parts[0].files.size() == 40);
  CHECK(set.parts[0].files[7].path == "data/train-00007-of-00040.parquet");
  CHECK(set.title == "set");
  CHECK(must(verify_folder(folder.file("set"))).differences.empty());
}

TEST_CASE("a store without posts gives a data set without rows, which has its columns", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = new_store(folder.file("q.db"));

  const DataSet set = write_set(store, folder.file("set"));

  CHECK(set.counts.rows == 0);
  CHECK(set.parts[2].files.size() == 1);
  CHECK(must(verify_folder(folder.file("set"))).differences.empty());
}

TEST_CASE("a folder that is there is not touched", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));
  fs::create_directory(folder.file("set"));
  std::ofstream(folder.file("set/mine")) << "keep me";

  const Error error = error_of(write_huggingface(store, {}, {.folder = folder.file("set")}));

  CHECK(error.code == Errc::usage);
  CHECK(files_of(folder.file("set")) == std::set<std::string>{"mine"});
}

TEST_CASE("a data set without a name is refused", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));

  CHECK(error_of(write_huggingface(store, {}, {.folder = ""})).code == Errc::usage);
}

TEST_CASE("a data set that fails leaves nothing behind", "[hub]") {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  store::Store store = filled_store(folder.file("q.db"));

  const Error error = error_of(write_huggingface(store, {}, {.folder = out.file("none/set")}));

  CHECK(error.code == Errc::storage);
  CHECK(fs::is_empty(out.path()));
}

TEST_CASE("card, Croissant, data package and JSON Schema say the field table", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));
  write_set(store, folder.file("set"));

  check_agreement(fields_of_schema(json_of(folder.file("set/schema.json"))),
                  without_meanings(record_fields()));
  check_agreement(CardFeatures(read_file(folder.file("set/README.md"))).fields(),
                  plain(record_fields()));
  check_agreement(
      croissant_fields(json_of(folder.file("set/croissant.json"))["recordSet"][0]["field"]),
      plain(record_fields()));
  for (const Json& resource : json_of(folder.file("set/datapackage.json"))["resources"]) {
    std::size_t at = 0;
    for (const Json& field : resource["schema"]["fields"]) {
      INFO(field["name"]);
      CHECK(field["name"] == record_fields().at(at).name);
      CHECK(field["constraints"]["required"] == !record_fields().at(at++).nullable);
    }
    CHECK(at == record_fields().size());
  }
}

TEST_CASE("card and descriptions name the files, their sizes and hashes", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));

  const DataSet set = write_set(store, folder.file("set"));

  const std::string card = read_file(folder.file("set/README.md"));
  const Json package = json_of(folder.file("set/datapackage.json"))["resources"];
  const Json croissant = json_of(folder.file("set/croissant.json"))["distribution"];
  for (std::size_t i = 0; i < set.parts.size(); ++i) {
    const exporting::DataFile& file = set.parts[i].files[0];
    CHECK(card.contains("  - split: " + set.parts[i].name + "\n    path: data/" +
                        set.parts[i].name + "-*.parquet\n"));
    CHECK(card.contains("    num_examples: " + std::to_string(set.parts[i].rows()) + "\n"));
    CHECK(package[i]["path"] == file.path);
    CHECK(package[i]["hash"] == "sha256:" + file.written.sha256);
    CHECK(croissant[i]["sha256"] == file.written.sha256);
  }
  // A loader would look inside of what "containedIn" names.
  CHECK(croissant.back()["includes"] == "data/*.parquet");
  CHECK_FALSE(croissant.back().contains("containedIn"));
  CHECK(card.contains("\n- ru\n"));
  CHECK(card.contains("n<1K"));
}

TEST_CASE("the card tells how it was collected, how well judged, what is missing and whom to ask",
          "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));
  must(store.end_run(must(store.begin_run(kMonday, true)), kMonday, {}, false));
  store::PageCommit short_walk = page("some_channel", {judged("some_channel", 90, "Post 90")});
  short_walk.run = must(store.begin_run(kTuesday));
  short_walk.gap = store::Gap{.low = 41, .high = 89, .cause = "page budget"};
  must(store.keep_page(short_walk, kTuesday));
  const auto figures = exporting::read_judging_figures(
      R"({"schema": "qanat.evaluation/1", "ruleset": "sha256:old", "all": {"posts": 9,
          "agreed": {"total": 9, "value": 0.888, "low": 0.5, "high": 0.99},
          "labels": [{"label": "ad", "precision": {"total": 4, "value": 1, "low": 0.51, "high": 1},
                      "recall": {"total": 5, "value": 0.8, "low": 0.38, "high": 0.96}}]}})");

  must(write_huggingface(store,
                         {},
                         {.folder = folder.file("set"),
                          .requests_per_second = 0.5,
                          .contact = "someone@example.org",
                          .judging = must(figures)}));

  const std::string card = read_file(folder.file("set/README.md"));
  for (const char* told : {"in 3 runs from 2026-07-20 to 2026-07-21, at most 0.5 requests a second",
                           "was not kept to in 1 of the runs",
                           "agree on 0.89 (0.50 to 0.99) of them",
                           "| ad | 1.00 (0.51 to 1.00) | 0.80 (0.38 to 0.96) | 4 | 5 |",
                           "the rules `sha256:old`, which judged none of these posts",
                           "| some_channel | 41 | 89 | page budget |",
                           "write to `someone@example.org`"}) {
    INFO(told);
    CHECK(card.contains(told));
  }
  CHECK(error_of(exporting::read_judging_figures("{}")).code == Errc::usage);
}

TEST_CASE("the card promises no bytes that the archive does not have", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));
  store::PageCommit later = page("some_channel", {judged("some_channel", 50, "Post 50")}, kTuesday);
  later.provenance.snapshot = "sha256:later";
  later.run = must(store.begin_run(kTuesday));
  must(store.keep_page(later, kTuesday));
  const auto card = [&](const std::string& name,
                        const std::function<bool(const std::string&)>& is_archived) {
    (void)must(
        write_huggingface(store, {}, {.folder = folder.file(name), .is_archived = is_archived}));
    return read_file(folder.file(name + "/README.md"));
  };

  CHECK(card("all", [](const std::string&) {
          return true;
        }).contains("is the SHA-256 of the fetched bytes, which are kept."));
  CHECK(card("some", [](const std::string& name) {
          return name == "sha256:later";
        }).contains("Those of 40 of the 41 posts were not kept; the others are."));
  CHECK(card("unknown", nullptr).contains("is the SHA-256 of the fetched bytes. No account"));
}

TEST_CASE("the card vouches for no page that others fetched, from Telegram's hosts or not",
          "[hub]") {
  const TemporaryFolder folder;
  store::Store store = filled_store(folder.file("q.db"));
  // A WARC of somebody else's: its pages have an address.
  must(store.keep_page(page("some_channel", {judged("some_channel", 50, "Post 50")}, kTuesday),
                       kTuesday));

  const DataSet set = write_set(store, folder.file("set"));

  CHECK(set.counts.imported == 1);
  const std::string card = read_file(folder.file("set/README.md"));
  CHECK(card.contains("1 of the posts were imported from files that others saved ("));
  CHECK_FALSE(card.contains("No account was used; no private channel"));
  CHECK(
      json_of(folder.file("set/croissant.json"))["rai:dataCollection"].get<std::string>().ends_with(
          "; files that others saved, imported"));
}

TEST_CASE("by channel, posts that leak into the first part are counted", "[hub]") {
  const TemporaryFolder folder;
  store::Store store = must(store::Store::create(folder.file("q.db")));
  const std::string text = "Почему небо голубое, а закат красный? Потому что свет рассеивается.";
  for (const char* name : {"alpha", "beta", "gamma", "delta", "epsilon", "zeta"}) {
    must(store.add_channel(channel(name), kMonday));
    must(store.keep_page(page(name, {judged(name, 1, text)}), kMonday));
  }

  const DataSet set = must(write_huggingface(
      store,
      {},
      {.folder = folder.file("set"),
       .plan = {.parts = must(exporting::read_split("1/1")), .by = exporting::SplitBy::channel}}));

  REQUIRE(set.parts[0].rows() > 0);
  CHECK(set.leaked == set.parts[1].rows());
  CHECK(read_file(folder.file("set/manifest.json"))
            .contains("\"leaked_posts\": " + std::to_string(set.leaked)));
}
