#include "exposition.h"

#include <regex>
#include <set>
#include <sstream>

namespace qanat::test {
namespace {

const std::regex kSample(
    R"re(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"\})? (\+Inf|-Inf|NaN|-?[0-9.]+(?:e[-+]?[0-9]+)?))re");
const std::regex kHelp(R"(# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+))");
const std::regex kType(R"(# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram))");

/// Reads line by line; a family is its HELP, its TYPE, then its samples.
class Reader {
 public:
  std::vector<std::string> complaints;

  void read(const std::string& line) {
    std::smatch parts;
    if (std::regex_match(line, parts, kHelp)) return begin(parts[1]);
    if (std::regex_match(line, parts, kType)) return type(parts[1], parts[2]);
    if (std::regex_match(line, parts, kSample)) return sample(parts[1], parts[2], parts[3]);
    complaints.push_back("cannot be read: " + line);
  }

  void end() {
    if (!family_.empty() && samples_ == 0) complaints.push_back(family_ + " has no sample");
    if (type_ == "histogram" && count_ != last_bucket_) {
      complaints.push_back(family_ + ": its last bucket is not its count");
    }
  }

 private:
  void begin(const std::string& name) {
    end();
    if (!families_.insert(name).second) complaints.push_back(name + " comes twice");
    family_ = name;
    type_.clear();
    samples_ = 0;
    last_bucket_ = count_ = 0;
  }

  void type(const std::string& name, const std::string& type) {
    if (name != family_ || !type_.empty()) complaints.push_back(name + ": TYPE out of place");
    type_ = type;
    const bool total = name.ends_with("_total");
    if (total != (type == "counter")) complaints.push_back(name + ": _total is for counters");
    for (const char* unit : {"_ms", "_milliseconds", "_kb", "_minutes", "_hours", "_days"}) {
      if (name.ends_with(unit)) complaints.push_back(name + ": not a base unit");
    }
  }

  void sample(const std::string& name, const std::string& label, const std::string& value) {
    ++samples_;
    if (!seen_.insert(name + label).second) complaints.push_back(name + label + " comes twice");
    const bool own =
        type_ == "histogram"
            ? name == family_ + "_bucket" || name == family_ + "_sum" || name == family_ + "_count"
            : name == family_;
    if (!own) complaints.push_back(name + " stands below " + family_);
    if (type_ == "counter" && value.starts_with('-')) complaints.push_back(name + " is negative");
    if (type_ == "histogram" && name.ends_with("_bucket")) {
      const double below = std::stod(value);
      if (below < last_bucket_) complaints.push_back(name + label + " is below the one before");
      last_bucket_ = below;
    }
    if (type_ == "histogram" && name.ends_with("_count")) count_ = std::stod(value);
  }

  std::set<std::string> families_;
  std::set<std::string> seen_;
  std::string family_;
  std::string type_;
  int samples_ = 0;
  double last_bucket_ = 0;
  double count_ = 0;
};

}  // namespace

std::vector<std::string> complaints_about(std::string_view text) {
  Reader reader;
  if (!text.ends_with('\n')) reader.complaints.emplace_back("does not end with a line break");
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) reader.read(line);
  reader.end();
  return reader.complaints;
}

std::size_t series_in(std::string_view text) {
  std::size_t series = 0;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) series += line.starts_with('#') ? 0 : 1;
  return series;
}

}  // namespace qanat::test
