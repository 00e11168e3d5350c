#include "app/config_value.h"

#include <algorithm>
#include <ranges>
#include <type_traits>

#include <spdlog/fmt/fmt.h>

#include "base/number.h"

namespace qanat::app {
namespace {

std::string in_quotes(std::string_view text) { return nlohmann::json(text).dump(); }

std::string shown(const RawValue& value) {
  return std::visit(
      []<class T>(const T& held) -> std::string {
        if constexpr (std::is_same_v<T, bool>)
          return held ? "true" : "false";
        else if constexpr (std::is_same_v<T, double>)
          return fmt::format("{}", held);
        else
          return nlohmann::json(held).dump();
      },
      value);
}

/// Whether the value fits, and is then in the field. One overload a type of field.
class Assigner {
 public:
  Assigner(const ConfigKey& key, const RawValue& value) : key_(key), value_(value) {}

  bool operator()(std::string* field) const {
    const auto* text = std::get_if<std::string>(&value_);
    if (text == nullptr || !fits(*text)) return false;
    *field = *text;
    return true;
  }
  bool operator()(std::filesystem::path* field) const {
    const auto* text = std::get_if<std::string>(&value_);
    if (text == nullptr || !fits(*text)) return false;
    *field = *text;
    return true;
  }
  bool operator()(bool* field) const {
    const auto* truth = std::get_if<bool>(&value_);
    if (truth != nullptr) *field = *truth;
    return truth != nullptr;
  }
  bool operator()(std::int64_t* field) const {
    const auto* number = std::get_if<std::int64_t>(&value_);
    return number != nullptr && set(field, *number, static_cast<double>(*number));
  }
  bool operator()(double* field) const {
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) {
      return set(field, static_cast<double>(*whole), static_cast<double>(*whole));
    }
    const auto* number = std::get_if<double>(&value_);
    return number != nullptr && set(field, *number, *number);
  }
  bool operator()(std::chrono::seconds* field) const {
    std::optional<std::chrono::seconds> duration;
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) duration.emplace(*whole);
    if (const auto* text = std::get_if<std::string>(&value_)) duration = parse_duration(*text);
    return duration && set(field, *duration, static_cast<double>(duration->count()));
  }
  bool operator()(ByteCount* field) const {
    std::optional<ByteCount> size;
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) size = ByteCount{*whole};
    if (const auto* text = std::get_if<std::string>(&value_)) size = parse_byte_count(*text);
    return size && set(field, *size, static_cast<double>(size->value));
  }
  bool operator()(std::vector<std::string>* field) const {
    const auto* list = std::get_if<std::vector<std::string>>(&value_);
    if (list == nullptr || list->empty()) return false;
    if (!std::ranges::all_of(*list, [this](const auto& item) { return fits(item); })) return false;
    *field = *list;
    return true;
  }

 private:
  [[nodiscard]] bool fits(std::string_view text) const {
    if (!key_.choices.empty() && std::ranges::find(key_.choices, text) == key_.choices.end()) {
      return false;
    }
    return key_.valid == nullptr || key_.valid(text);
  }

  template <class T>
  bool set(T* field, T value, double measure) const {
    const bool inside = measure >= key_.low && measure <= key_.high;  // false for NaN
    if (!inside) return false;
    *field = value;
    return true;
  }

  const ConfigKey& key_;
  const RawValue& value_;
};

struct TypeWords {
  const ConfigKey& key;

  std::string operator()(const std::string*) const {
    if (!key.choices.empty()) return fmt::format("one of {}", fmt::join(key.choices, ", "));
    return key.shape.empty() ? "text" : std::string(key.shape);
  }
  std::string operator()(const std::filesystem::path*) const {
    return key.shape.empty() ? "a path" : "a path, " + std::string(key.shape);
  }
  std::string operator()(const bool*) const { return "true or false"; }
  std::string operator()(const std::int64_t*) const { return range("a whole number"); }
  std::string operator()(const double*) const { return range("a number"); }
  std::string operator()(const std::chrono::seconds*) const {
    return "a duration (90s, 15m, 6h, 2d), " +
           format_duration(whole<std::chrono::seconds>(key.low)) + " to " +
           format_duration(whole<std::chrono::seconds>(key.high));
  }
  std::string operator()(const ByteCount*) const {
    return "a size (512KiB, 8MiB), " + format_byte_count(whole<ByteCount>(key.low)) + " to " +
           format_byte_count(whole<ByteCount>(key.high));
  }
  std::string operator()(const std::vector<std::string>*) const {
    return "a list, not empty, each item " + std::string(key.shape);
  }

  template <class T>
  static T whole(double value) {
    return T{static_cast<std::int64_t>(value)};
  }
  [[nodiscard]] std::string range(const std::string& type) const {
    return fmt::format("{}, {} to {}", type, key.low, key.high);
  }
};

/// `text` without blanks, and without the pair of `marks` that may enclose it.
std::string_view bare(std::string_view text, std::string_view marks) {
  constexpr std::string_view kBlanks = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  text.remove_suffix(text.size() - (text.find_last_not_of(kBlanks) + 1));
  if (text.size() >= 2 && text.front() == marks.front() && text.back() == marks.back()) {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

/// "a,b", or the same as in a file: ["a", "b"].
std::vector<std::string> list_items(std::string_view text) {
  std::vector<std::string> items;
  for (const auto item : std::views::split(bare(text, "[]"), ',')) {
    items.emplace_back(bare({item.begin(), item.end()}, "\"\""));
  }
  return items;
}

/// "http://joe:***@proxy:3128".
std::string without_password(std::string text) {
  const std::size_t slashes = text.find("://");
  const std::size_t name = slashes == std::string::npos ? 0 : slashes + 3;
  const std::size_t end = text.rfind('@');
  const std::size_t colon = text.find(':', name);
  if (end == std::string::npos || colon >= end) return text;
  return text.replace(colon + 1, end - colon - 1, "***");
}

nlohmann::ordered_json plain_json(const ConfigKey& key, const Config& config) {
  Config copy = config;
  return std::visit(
      []<class T>(T* field) -> nlohmann::ordered_json {
        if constexpr (std::is_same_v<T, std::filesystem::path>)
          return field->string();
        else if constexpr (std::is_same_v<T, std::chrono::seconds>)
          return format_duration(*field);
        else if constexpr (std::is_same_v<T, ByteCount>)
          return format_byte_count(*field);
        else
          return *field;
      },
      key.slot(copy));
}

std::string toml_of(const nlohmann::ordered_json& value) {
  if (!value.is_array()) return value.dump();
  std::string out = "[";
  for (const auto& item : value) {
    if (out.size() > 1) out += ", ";
    out += in_quotes(item.get<std::string>());
  }
  return out + "]";
}

}  // namespace

std::string type_in_words(const ConfigKey& key) {
  Config config;
  return std::visit(TypeWords{key}, key.slot(config));
}

std::optional<std::string> assign(const ConfigKey& key, Config& config, const RawValue& value) {
  if (std::visit(Assigner(key, value), key.slot(config))) return std::nullopt;
  const std::string as_given = shown(value);
  return "`" + std::string(key.name) + "` is " +
         (key.has_password ? without_password(as_given) : as_given) + "; it must be " +
         type_in_words(key);
}

RawValue from_text(const ConfigKey& key, const std::string& text) {
  Config config;
  const Slot slot = key.slot(config);
  if (std::holds_alternative<bool*>(slot)) {
    if (text == "true" || text == "false") return text == "true";
  } else if (std::holds_alternative<std::int64_t*>(slot)) {
    if (const auto number = read_number<std::int64_t>(text)) return *number;
  } else if (std::holds_alternative<double*>(slot)) {
    if (const auto number = read_number<double>(text)) return *number;
  } else if (std::holds_alternative<std::vector<std::string>*>(slot)) {
    return list_items(text);
  }
  return text;
}

nlohmann::ordered_json value_json(const ConfigKey& key, const Config& config) {
  nlohmann::ordered_json value = plain_json(key, config);
  if (key.has_password) value = without_password(value.get<std::string>());
  return value;
}

std::string value_toml(const ConfigKey& key, const Config& config) {
  return toml_of(plain_json(key, config));
}

std::string value_shown(const ConfigKey& key, const Config& config) {
  return toml_of(value_json(key, config));
}

}  // namespace qanat::app
