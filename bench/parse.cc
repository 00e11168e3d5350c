// What reading a page costs beside what the HTML library alone costs on the same bytes.
//
//   bench_parse PAGE…                 a table of paired times and their ratio
//   bench_parse --only bare PAGE…     one of the two, once: for callgrind
//   bench_parse --only qanat PAGE…

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gumbo.h>

#include "bench/paired_time.h"
#include "parser/page.h"

namespace {

using qanat::bench::Case;
using qanat::bench::PairedTime;
using qanat::parser::PageReader;

std::string read_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) std::fprintf(stderr, "cannot read %s\n", path.c_str());
  return {std::istreambuf_iterator<char>{file}, {}};
}

void bare(const std::string& html) {
  GumboOutput* tree = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  gumbo_destroy_output(&kGumboDefaultOptions, tree);
}

void whole(PageReader& reader, const std::string& html) {
  const auto page = reader.parse(html);
  if (!page || page->posts.empty()) std::fputs("a page without posts\n", stderr);
}

void print_row(const std::string& name, std::size_t bytes, const PairedTime& time) {
  std::printf("%-44.44s %8zu %9.2f %9.2f %7.3f\n",
              name.c_str(),
              bytes,
              time.reference * 1e3,
              time.ours * 1e3,
              time.ratio());
}

int compare(const std::vector<std::string>& files) {
  std::vector<std::string> pages;
  for (const std::string& file : files) pages.push_back(read_file(file));
  PageReader reader;
  std::vector<Case> cases;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& html = pages[i];
    cases.push_back({.name = std::filesystem::path{files[i]}.filename().string(),
                     .bytes = html.size(),
                     .reference = [&html] { bare(html); },
                     .ours = [&reader, &html] { whole(reader, html); }});
    bytes += html.size();
  }
  constexpr int kRounds = 40;
  const std::vector<PairedTime> times = qanat::bench::time_pairs(cases, kRounds);
  std::printf("%-44s %8s %9s %9s %7s\n", "page", "bytes", "gumbo ms", "qanat ms", "ratio");
  for (std::size_t i = 0; i < cases.size(); ++i) print_row(cases[i].name, cases[i].bytes, times[i]);
  print_row("all", bytes, qanat::bench::sum(times));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments{argv + 1, argv + argc};
  if (arguments.empty()) {
    std::fputs("usage: bench_parse [--only bare|qanat] PAGE…\n", stderr);
    return 2;
  }
  if (arguments[0] != "--only") return compare(arguments);
  PageReader reader;
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    const std::string html = read_file(arguments[i]);
    arguments[1] == "bare" ? bare(html) : whole(reader, html);
  }
  return 0;
}
