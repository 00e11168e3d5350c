#include <algorithm>
#include <array>

#include "base/names.h"
#include "classifier/pack_rule.h"
#include "classifier/pack_table.h"

namespace qanat::classifier {
namespace {

struct PromiseKey {
  Promise promise;
  std::string_view key;
};
constexpr std::array kPromiseKeys{
    PromiseKey{Promise::match, "match"},
    PromiseKey{Promise::no_match, "no_match"},
    PromiseKey{Promise::known_miss, "known_miss"},
};

std::vector<Button> read_buttons(TableReader& reader) {
  std::vector<Button> buttons;
  for (const toml::table* table : reader.tables("buttons")) {
    TableReader inner(*table, reader.path(), reader.findings());
    buttons.push_back({.text = inner.text_or_empty("text"), .url = inner.text_or_empty("url")});
    inner.finish("a button of an example");
  }
  return buttons;
}

void read_features(TableReader& reader, Example& example) {
  const toml::table* table = reader.table("features");
  if (table == nullptr) return;
  for (const auto& [key, node] : *table) {
    const auto feature = feature_by_name(key.str());
    const auto value = node.value<double>();
    if (feature && value) {
      example.features.emplace_back(*feature, *value);
      continue;
    }
    reader.findings().error(reader.place(node),
                            "\"" + std::string(key.str()) + "\" is not a feature with a number",
                            "write features = { \"block.ext_links\" = 1 }, with the quotes");
  }
}

void check_media(TableReader& reader, const std::vector<std::string>& kinds) {
  const auto names = names_of<MediaType>();
  for (const std::string& kind : kinds) {
    if (std::ranges::find(names, kind) != names.end()) continue;
    reader.findings().error(reader.where("media"),
                            "no media is of the kind \"" + kind + "\"" +
                                did_you_mean(kind, {names.begin(), names.end()}),
                            "write one that there is");
  }
}

void read_table(const toml::table& table, TableReader& outer, Example& example) {
  TableReader reader(table, outer.path(), outer.findings());
  example.text = reader.text_or_empty("text");
  example.links = reader.plain_texts("links");
  example.buttons = read_buttons(reader);
  example.forward = reader.text_or_empty("forward");
  example.forward_url = reader.text_or_empty("forward_url");
  example.reply = reader.text_or_empty("reply");
  example.preview = reader.text_or_empty("preview");
  example.signature = reader.text_or_empty("signature");
  example.media = reader.plain_texts("media");
  check_media(reader, example.media);
  example.channel = reader.text_or_empty("channel");
  example.lang = reader.text_or_empty("lang");
  read_features(reader, example);
  reader.finish("an example");
}

void read_one(const toml::node& node,
              Promise promise,
              TableReader& reader,
              std::vector<Example>& examples) {
  Example example{.promise = promise, .where = reader.place(node)};
  if (const auto text = node.value_exact<std::string>()) {
    example.text = *text;
  } else if (const toml::table* table = node.as_table()) {
    read_table(*table, reader, example);
  } else {
    reader.findings().error(example.where,
                            "an example is a string or a table",
                            "write 'text' or { text = 'text', links = ['https://…'] }");
    return;
  }
  examples.push_back(std::move(example));
}

}  // namespace

std::vector<Example> read_examples(TableReader& reader) {
  std::vector<Example> examples;
  for (const auto& [promise, key] : kPromiseKeys) {
    const toml::node* node = reader.node(key);
    if (node == nullptr) continue;
    const toml::array* array = node->as_array();
    if (array == nullptr) {
      read_one(*node, promise, reader, examples);
      continue;
    }
    for (const toml::node& each : *array) read_one(each, promise, reader, examples);
  }
  return examples;
}

}  // namespace qanat::classifier
