#include "export/parquet/dictionary.h"

#include <algorithm>
#include <unordered_map>

#include "export/parquet/plain.h"
#include "export/parquet/runs.h"

namespace qanat::exporting::parquet {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20U;

}  // namespace

std::optional<Dictionary> dictionary_of(const Column& column) {
  if (column.type() == PhysicalType::boolean) return std::nullopt;  // a bit each as they are
  Dictionary out;
  std::unordered_map<std::string_view, std::uint32_t> codes;
  std::size_t plain = 0;
  for (std::size_t i = 0; i < column.value_count(); ++i) {
    const std::string_view value = column.value(i);
    plain += plain_size(column.type(), value);
    const auto [entry, is_new] =
        codes.try_emplace(value, static_cast<std::uint32_t>(out.entries.size()));
    out.codes.push_back(entry->second);
    if (!is_new) continue;
    out.entries.push_back(value);
    out.bytes += plain_size(column.type(), value);
    if (out.bytes > kMostBytes) return std::nullopt;
  }
  if (out.entries.empty()) return std::nullopt;
  // One bit for a single entry: none at all is allowed too, and not every reader knows it.
  out.width = std::max(1, bit_width(static_cast<std::uint32_t>(out.entries.size() - 1)));
  const std::size_t coded = out.codes.size() * static_cast<std::size_t>(out.width) / 8;
  if (out.bytes + coded >= plain) return std::nullopt;
  return out;
}

}  // namespace qanat::exporting::parquet
