#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "export/redaction/finding.h"
#include "support/catch.h"
#include "support/files.h"

using namespace qanat;
using exporting::Finding;
using exporting::PersonalKind;

namespace {

struct MarkedText {
  std::string text;
  std::vector<Finding> marked;  ///< values are not read
};

PersonalKind kind_named(std::string_view name) {
  const auto* const kind = std::ranges::find(
      exporting::kPersonalKinds, name, [](PersonalKind one) { return exporting::name_of(one); });
  REQUIRE(kind != exporting::kPersonalKinds.end());
  return *kind;
}

/// Reads `… {{phone|8 912 …}} …`.
MarkedText read_marks(std::string_view line) {
  MarkedText out;
  for (;;) {
    const std::size_t mark = line.find("{{");
    out.text += line.substr(0, mark);
    if (mark == std::string_view::npos) return out;
    line.remove_prefix(mark + 2);
    const std::size_t bar = line.find('|');
    const std::size_t end = line.find("}}");
    const std::size_t begin = out.text.size();
    out.text += line.substr(bar + 1, end - bar - 1);
    out.marked.push_back(
        {.span = {begin, out.text.size()}, .kind = kind_named(line.substr(0, bar)), .value = ""});
    line.remove_prefix(end + 2);
  }
}

std::vector<MarkedText> marked_texts() {
  std::istringstream in(test::read_file(QANAT_TEST_FOLDER "/personal_data.txt"));
  std::vector<MarkedText> out;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && !line.starts_with("# ")) out.push_back(read_marks(line));
  }
  return out;
}

struct Figures {
  int right = 0;   ///< found, with the same kind and the same characters
  int missed = 0;  ///< marked, and not found so
  int wrong = 0;   ///< found, and not marked so
};

bool is_same(const Finding& a, const Finding& b) { return a.span == b.span && a.kind == b.kind; }

/// The channel's own handle stays, but that is for the redactor to know.
bool is_own_channel(const Finding& finding) { return finding.value == "some_channel"; }
bool is_bot(const Finding& finding) { return finding.value.ends_with("bot"); }

void count(const MarkedText& line, std::map<PersonalKind, Figures>& figures) {
  std::vector<Finding> found = exporting::find_personal_data(line.text);
  std::erase_if(found, [](const Finding& one) { return is_own_channel(one) || is_bot(one); });
  const auto among = [](const std::vector<Finding>& findings, const Finding& one) {
    return std::ranges::any_of(findings, [&](const Finding& other) { return is_same(one, other); });
  };
  for (const Finding& one : line.marked) {
    ++(among(found, one) ? figures[one.kind].right : figures[one.kind].missed);
    if (!among(found, one))
      std::cout << "missed " << name_of(one.kind) << ": " << line.text << '\n';
  }
  for (const Finding& one : found) {
    if (among(line.marked, one)) continue;
    ++figures[one.kind].wrong;
    std::cout << "wrong " << name_of(one.kind) << ": " << line.text << '\n';
  }
}

double recall(const Figures& figures) {
  return static_cast<double>(figures.right) / (figures.right + figures.missed);
}

double precision(const Figures& figures) {
  return static_cast<double>(figures.right) / (figures.right + figures.wrong);
}

void print(std::string_view name, const Figures& figures) {
  std::cout << std::left << std::setw(8) << name << std::right << std::fixed << std::setprecision(3)
            << " recall " << recall(figures) << " (" << figures.right << " of "
            << figures.right + figures.missed << "), precision " << precision(figures) << " ("
            << figures.wrong << " wrong)\n";
}

}  // namespace

TEST_CASE("redaction finds what the marked set holds, and little else", "[redaction]") {
  std::map<PersonalKind, Figures> figures;
  for (const MarkedText& line : marked_texts()) count(line, figures);

  Figures all;
  for (const auto& [kind, one] : figures) {
    print(name_of(kind), one);
    all.right += one.right;
    all.missed += one.missed;
    all.wrong += one.wrong;
  }
  print("all", all);
  CHECK(recall(all) >= 0.86);
  CHECK(precision(all) >= 0.98);
}
