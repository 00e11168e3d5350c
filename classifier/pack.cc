#include "classifier/pack.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>
#include <toml++/toml.h>

#include "base/utf8.h"
#include "classifier/pack_rule.h"
#include "classifier/pack_table.h"

namespace qanat::classifier {
namespace {

/// As language_of() names them.
constexpr std::array<std::string_view, 3> kLanguages{"ru", "en", "other"};

/// "1.0.0", "2.1.0-beta".
bool is_version(std::string_view text) {
  static const RE2 version(R"(\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.-]+)?)");
  return RE2::FullMatch(text, version);
}

std::string_view file_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// "ru/" of "ru/20-cta.toml", "" of "pack.toml".
std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.size() - file_name(path).size());
}

/// Is the file's own folder called so ("lists", "channels")?
bool lies_in(std::string_view path, std::string_view name) {
  const std::string_view folder = folder_of(path);
  const std::string ending = std::string(name) + "/";
  if (!folder.ends_with(ending)) return false;
  return folder.size() == ending.size() || folder[folder.size() - ending.size() - 1] == '/';
}

/// toml++ reports by exception; none of them leaves this function.
std::optional<toml::table> parse_toml(const PackFile& file, Findings& findings) {
  if (!utf8::is_valid(file.text)) {
    findings.error(file.path + ":1:1", "the file is not valid UTF-8", "save it as UTF-8");
    return std::nullopt;
  }
  try {
    return toml::parse(file.text, file.path);
  } catch (const toml::parse_error& error) {
    const auto& begin = error.source().begin;
    findings.error(
        file.path + ":" + std::to_string(begin.line) + ":" + std::to_string(begin.column),
        std::string(error.description()),
        "see toml.io; write patterns in 'single quotes'");
    return std::nullopt;
  }
}

class PackReader {
 public:
  explicit PackReader(Findings& findings) : findings_(findings) {}

  Pack run(const std::vector<PackFile>& files) && {
    std::vector<const PackFile*> sorted;
    sorted.reserve(files.size());
    for (const PackFile& file : files) sorted.push_back(&file);
    std::ranges::sort(sorted, {}, &PackFile::path);
    for (const PackFile* file : sorted) {
      if (file_name(file->path) == "pack.toml") read_part(*file);
    }
    for (const PackFile* file : sorted) read_file(*file);
    if (pack_.rules.empty() && pack_.composites.empty() && !findings_.fatal()) {
      findings_.error("pack.toml:1:1", "the pack has no rule", "add a file with a [[rule]]");
    }
    return std::move(pack_);
  }

 private:
  void read_part(const PackFile& file) {
    const auto table = parse_toml(file, findings_);
    if (!table) return;
    TableReader reader(*table, file.path, findings_);
    PackPart part{.folder = std::string(folder_of(file.path)), .languages = {}};
    (void)require(reader, "id");
    check_version(reader, require(reader, "version"));
    for (const std::string_view key : {"title", "description", "licence"}) {
      (void)reader.text_or_empty(key);
    }
    part.languages = reader.plain_texts("languages");
    check_languages(reader, part.languages);
    check_versions(reader);
    reader.finish("pack.toml");
    pack_.parts.push_back(std::move(part));
  }

  std::string require(TableReader& reader, std::string_view key) {
    std::string value = reader.text_or_empty(key);
    if (value.empty()) {
      findings_.error(reader.where(), "the pack has no `" + std::string(key) + "`", "add it");
    }
    return value;
  }

  void check_version(TableReader& reader, const std::string& version) {
    if (version.empty() || is_version(version)) return;
    findings_.error(reader.where("version"),
                    "\"" + version + "\" is not a version",
                    "write three numbers, such as 1.0.0");
  }

  void check_languages(TableReader& reader, const std::vector<std::string>& languages) {
    for (const std::string& language : languages) {
      if (std::ranges::find(kLanguages, language) != kLanguages.end()) continue;
      findings_.error(reader.where("languages"),
                      "no post has the language \"" + language + "\"",
                      "write ru, en or other; an empty list means every post");
    }
  }

  void check_versions(TableReader& reader) {
    if (reader.whole("schema").value_or(0) != kPackSchema) {
      findings_.error(reader.where("schema"),
                      "the pack's schema is not supported",
                      "write schema = " + std::to_string(kPackSchema));
    }
    if (reader.whole("requires_engine").value_or(0) > kEngineVersion) {
      findings_.error(reader.where("requires_engine"),
                      "the pack needs a newer program",
                      "update qanat; this one has engine " + std::to_string(kEngineVersion));
    }
  }

  void read_file(const PackFile& file) {
    const std::string_view name = file_name(file.path);
    if (name == "pack.toml") return;
    if (lies_in(file.path, "lists") && name.ends_with(".txt")) {
      read_list(file);
    } else if (name == "vocabulary.tsv") {
      read_vocabulary(file, VocabularySubject::advertising);
    } else if (name == "knowledge.tsv") {
      read_vocabulary(file, VocabularySubject::knowledge);
    } else if (lies_in(file.path, "golden")) {
      findings_.warning(file.path + ":1:1",
                        "no command reads this file",
                        "golden posts are in golden/ and end in .jsonl; move rules elsewhere");
    } else if (!name.ends_with(".toml")) {
      findings_.warning(
          file.path + ":1:1",
          "this file does not belong in a pack",
          "rules end in .toml, lists are in lists/ and end in .txt, learned words are "
          "in vocabulary.tsv and knowledge.tsv");
    } else if (name == "weights.toml") {
      read_weights(file);
    } else {
      read_rules(file);
    }
  }

  void read_vocabulary(const PackFile& file, VocabularySubject subject) {
    const std::size_t part = part_of(file);
    if (part >= pack_.parts.size()) return;
    pack_.vocabularies.push_back({.languages = pack_.parts[part].languages,
                                  .subject = subject,
                                  .vocabulary = Vocabulary::read(file.path, file.text, findings_)});
  }

  void read_list(const PackFile& file) {
    std::string name(file_name(file.path));
    name.resize(name.size() - std::string_view(".txt").size());
    WordList list = WordList::read(file.path, file.text, findings_);
    if (!pack_.lists.emplace(name, std::move(list)).second) {
      findings_.error(
          file.path + ":1:1", "there is already a list \"" + name + "\"", "give it another name");
    }
  }

  void read_weights(const PackFile& file) {
    const auto table = parse_toml(file, findings_);
    if (!table) return;
    TableReader reader(*table, file.path, findings_);
    (void)reader.text_or_empty("run");
    if (const toml::table* weights = reader.table("weights"))
      read_weight_table(*weights, "", reader);
    reader.finish("weights.toml");
  }

  /// `cta.subscribe = 900` is a table in a table for TOML.
  // NOLINTNEXTLINE(misc-no-recursion): toml++ bounds the depth
  void read_weight_table(const toml::table& table, const std::string& prefix, TableReader& reader) {
    for (const auto& [key, node] : table) {
      const std::string id = prefix + std::string(key.str());
      const std::string where = reader.place(node);
      if (const toml::table* inner = node.as_table()) {
        read_weight_table(*inner, id + ".", reader);
        continue;
      }
      const auto value = node.value_exact<std::int64_t>();
      const auto weight = value ? as_weight(*value) : std::nullopt;
      if (!weight) {
        findings_.error(where,
                        "the weight of " + id + " is not a whole number of milli-logits",
                        "write a number " + weight_bounds());
      } else if (!pack_.weights.emplace(id, std::pair{*weight, where}).second) {
        findings_.error(where, "a duplicate weight for " + id, "remove one");
      }
    }
  }

  void read_rules(const PackFile& file) {
    const auto table = parse_toml(file, findings_);
    if (!table) return;
    const bool is_channel = lies_in(file.path, "channels");
    const std::size_t part = part_of(file);
    TableReader reader(*table, file.path, findings_);
    std::string channel;
    if (is_channel) channel = channel_of(file);
    for (const toml::table* each : reader.tables("rule")) {
      RuleSource rule = read_rule(*each, file.path, findings_);
      rule.head.pack = part;
      if (is_channel) confine(rule.head, *each, file, channel);
      pack_.rules.push_back(std::move(rule));
    }
    for (const toml::table* each : reader.tables("composite")) {
      CompositeSource composite = read_composite(*each, file.path, findings_);
      composite.head.pack = part;
      if (is_channel) confine(composite.head, *each, file, channel);
      pack_.composites.push_back(std::move(composite));
    }
    if (is_channel) {
      for (const toml::table* each : reader.tables("override")) read_override(*each, file, channel);
    }
    reader.finish(is_channel ? "a channel's file" : "a rule file");
  }

  /// To the channel that the file is named after.
  void confine(RuleHead& head,
               const toml::table& table,
               const PackFile& file,
               const std::string& channel) {
    const bool names_none = head.only.empty() && head.except.empty();
    const bool names_it = head.only == std::vector{channel} && head.except.empty();
    if (!names_none && !names_it) {
      findings_.error(TableReader(table, file.path, findings_).where("channels"),
                      "`channels` in a channel's file, which is about that channel alone",
                      "remove it, or move the rule to a file of another folder",
                      head.id);
    }
    head.only = {channel};
    head.except = {};
  }

  std::string channel_of(const PackFile& file) {
    std::string_view name = file_name(file.path);
    name.remove_suffix(std::string_view(".toml").size());
    std::string canonical = canonical_entry(ListKind::handle, name);
    if (canonical.empty() || canonical != name) {
      findings_.error(file.path + ":1:1",
                      "the file is not named after a channel in lower case",
                      "name it as in t.me/name");
    }
    return canonical;
  }

  void read_override(const toml::table& table, const PackFile& file, const std::string& channel) {
    TableReader reader(table, file.path, findings_);
    OverrideSource override{.channel = channel, .where = reader.where()};
    override.rule = reader.text("rule").value_or(Sourced{.where = reader.where()});
    override.disable = reader.flag("disable").value_or(false);
    const bool weighs = reader.node("weight") != nullptr;
    override.weight = reader.weight("weight");
    override.reason = reader.text_or_empty("reason");
    reader.finish("an override");
    if (override.reason.find_first_not_of(" \t\n") == std::string::npos) {
      findings_.error(override.where, "an override without `reason`", "say why; audits show it");
    }
    if (override.disable == weighs) {
      findings_.error(override.where,
                      "an override needs either `disable = true` or a `weight`",
                      "write one of them");
    }
    const bool twice = std::ranges::any_of(pack_.overrides, [&](const OverrideSource& other) {
      return other.channel == override.channel && other.rule.value == override.rule.value;
    });
    if (twice) {
      findings_.error(override.where,
                      "a duplicate override of " + override.rule.value + " for " + channel,
                      "remove one");
    }
    pack_.overrides.push_back(std::move(override));
  }

  /// The pack whose folder is nearest above the file.
  std::size_t part_of(const PackFile& file) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < pack_.parts.size(); ++i) {
      const std::string& folder = pack_.parts[i].folder;
      if (!file.path.starts_with(folder)) continue;
      if (!best || folder.size() > pack_.parts[*best].folder.size()) best = i;
    }
    if (best) return *best;
    findings_.error(file.path + ":1:1",
                    "no pack.toml in this folder or above it",
                    "add one with id, version and schema = " + std::to_string(kPackSchema));
    return 0;
  }

  Findings& findings_;
  Pack pack_;
};

}  // namespace

Pack read_pack(const std::vector<PackFile>& files, Findings& findings) {
  return PackReader(findings).run(files);
}

}  // namespace qanat::classifier
