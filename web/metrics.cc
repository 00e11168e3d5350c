#include "web/metrics.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace qanat::web {
namespace {

constexpr std::string_view kOther = "other";

std::string_view name_of(Metrics::Type type) {
  switch (type) {
    case Metrics::Type::counter: return "counter";
    case Metrics::Type::gauge: return "gauge";
    case Metrics::Type::histogram: return "histogram";
  }
  return "untyped";
}

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  std::array<char, 32> out{};
  const auto [end, error] = std::to_chars(out.data(), out.data() + out.size(), value);
  return {out.data(), error == std::errc{} ? end : out.data()};
}

/// In help texts quotes stay as they are.
std::string escaped(std::string_view text, bool quotes) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && quotes) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
  return out;
}

void line(std::string& out,
          std::string_view name,
          std::string_view label,
          std::string_view value,
          const std::string& number) {
  out.append(name);
  if (!label.empty()) {
    out.append("{").append(label).append("=\"").append(escaped(value, true)).append("\"}");
  }
  out.append(" ").append(number).append("\n");
}

}  // namespace

Metrics::Metrics(std::vector<Family> families) {
  for (Family& family : families) {
    Held held{.family = std::move(family), .series = {}, .counts = {}};
    for (const std::string& value : held.family.values) held.series.push_back({.value = value});
    if (!held.family.label.empty()) held.series.push_back({.value = std::string(kOther)});
    if (held.family.label.empty()) held.series.emplace_back();
    held.counts.resize(held.family.buckets.size() + 1);
    index_.emplace(held.family.name, held_.size());
    held_.push_back(std::move(held));
  }
}

Metrics::Held& Metrics::held(std::string_view name) {
  return held_.at(index_.at(std::string(name)));
}

Metrics::Series& Metrics::series(Held& held, std::string_view value) {
  const auto found = std::ranges::find(held.series, value, &Series::value);
  return found == held.series.end() ? held.series.back() : *found;
}

void Metrics::add(std::string_view name, std::string_view value, double by) {
  const std::scoped_lock lock(mutex_);
  series(held(name), value).number += by;
}

void Metrics::set(std::string_view name, std::string_view value, double to) {
  const std::scoped_lock lock(mutex_);
  series(held(name), value).number = to;
}

void Metrics::observe(std::string_view name, double measured) {
  const std::scoped_lock lock(mutex_);
  Held& into = held(name);
  for (std::size_t i = 0; i < into.family.buckets.size(); ++i) {
    if (measured <= into.family.buckets[i]) ++into.counts[i];
  }
  ++into.counts.back();
  into.sum += measured;
}

void Metrics::write(std::string& out, const Held& held) {
  const Family& family = held.family;
  out.append("# HELP ").append(family.name).append(" ");
  out.append(escaped(family.help, false)).append("\n");
  out.append("# TYPE ").append(family.name).append(" ").append(name_of(family.type)).append("\n");
  if (family.type != Type::histogram) {
    for (const Series& series : held.series) {
      line(out, family.name, family.label, series.value, number(series.number));
    }
    return;
  }
  for (std::size_t i = 0; i < held.counts.size(); ++i) {
    const bool last = i == family.buckets.size();
    line(out,
         family.name + "_bucket",
         "le",
         last ? "+Inf" : number(family.buckets[i]),
         std::to_string(held.counts[i]));
  }
  line(out, family.name + "_sum", {}, {}, number(held.sum));
  line(out, family.name + "_count", {}, {}, std::to_string(held.counts.back()));
}

std::string Metrics::text() const {
  const std::scoped_lock lock(mutex_);
  std::string out;
  for (const Held& held : held_) write(out, held);
  return out;
}

}  // namespace qanat::web
