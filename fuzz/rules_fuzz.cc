// A rule pack's files: it compiles, or every complaint names place and remedy.
//
// A line "=== path" begins a file; what stands before the first is 10-rules.toml.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "classifier/rule_set.h"
#include "fuzz/promise.h"

namespace {

using namespace qanat;
using namespace qanat::classifier;
using fuzz::promise;

constexpr std::string_view kPackFile =
    "id = 'p'\nversion = '1.0.0'\nschema = 1\nlanguages = ['ru']\n";

std::vector<PackFile> files_of(std::string_view bytes) {
  std::vector<PackFile> files{{.path = "pack.toml", .text = std::string(kPackFile)},
                              {.path = "10-rules.toml", .text = {}}};
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end);
    if (line.starts_with("=== ")) {
      files.push_back({.path = std::string(line.substr(4, line.size() - 4)), .text = {}});
      if (files.back().path.ends_with('\n')) files.back().path.pop_back();
    } else {
      files.back().text += line;
    }
  }
  return files;
}

/// "file:line:column": digits behind the last two colons.
bool is_place(std::string_view where) {
  for (int number = 0; number < 2; ++number) {
    const std::size_t colon = where.rfind(':');
    if (colon == std::string_view::npos || colon + 1 == where.size()) return false;
    if (where.find_first_not_of("0123456789", colon + 1) != std::string_view::npos) return false;
    where = where.substr(0, colon);
  }
  return true;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<PackFile> files = files_of(fuzz::text_of(data, size));
  const std::vector<LintFinding> findings = RuleSet::lint(files);
  bool fatal = false;
  for (const LintFinding& finding : findings) {
    fatal = fatal || finding.fatal;
    promise(is_place(finding.where), "a complaint names file, line and column");
    promise(!finding.problem.empty() && !finding.remedy.empty(),
            "a complaint says what is wrong and how to mend it");
  }
  const auto rules = RuleSet::compile(files);
  promise(rules.has_value() == !fatal, "what lint has nothing against compiles, and nothing else");
  if (rules) {
    promise(rules->pack_hash().size() == 64, "a pack has a hash");
  } else {
    promise(rules.error().code == Errc::rule && !rules.error().message.empty(),
            "a refusal is about a rule and says what is wrong");
  }
  return 0;
}
