#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace qanat::web {

/// What a program counts and measures, as Prometheus reads it (text format 0.0.4). Which series
/// there are is settled when it is made: label values come from closed lists, so nothing that comes
/// in from outside can add one. Safe for several threads.
class Metrics {
 public:
  enum class Type { counter, gauge, histogram };

  struct Family {
    std::string name;  ///< with its unit, and "_total" for a counter
    std::string help;
    Type type = Type::gauge;
    std::string label;                ///< empty: one series without a label
    std::vector<std::string> values;  ///< of the label; "other" is added
    std::vector<double> buckets;      ///< upper bounds of a histogram, ascending
  };

  /// Families in the order in which they are shown.
  explicit Metrics(std::vector<Family> families);

  /// Adds to a counter or gauge. A label value that is not in its list counts as "other".
  /// A name that no family has is a bug: std::out_of_range.
  void add(std::string_view name, double by = 1) { add(name, {}, by); }
  void add(std::string_view name, std::string_view value, double by);
  /// Sets a gauge.
  void set(std::string_view name, double to) { set(name, {}, to); }
  void set(std::string_view name, std::string_view value, double to);
  /// Adds a measurement to a histogram.
  void observe(std::string_view name, double measured);

  [[nodiscard]] std::string text() const;

 private:
  struct Series {
    std::string value;  ///< of the label
    double number = 0;
  };
  struct Held {
    Family family;
    std::vector<Series> series;         ///< of a counter or gauge, one a label value
    std::vector<std::uint64_t> counts;  ///< of a histogram: measurements below each bound, and all
    double sum = 0;
  };

  Held& held(std::string_view name);
  static Series& series(Held& held, std::string_view value);
  static void write(std::string& out, const Held& held);

  mutable std::mutex mutex_;
  std::vector<Held> held_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

}  // namespace qanat::web
