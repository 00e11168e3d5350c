#pragma once

#include <cstdint>

/// Parquet's own numbers, as headers and footer write them.
namespace qanat::exporting::parquet {

// Kinds of pages.
inline constexpr std::int32_t kDataPage = 0;
inline constexpr std::int32_t kDictionaryPage = 2;

// Encodings.
inline constexpr std::int32_t kPlain = 0;
inline constexpr std::int32_t kRuns = 3;   ///< RLE
inline constexpr std::int32_t kCodes = 8;  ///< RLE_DICTIONARY

inline constexpr std::int32_t kZstd = 6;

}  // namespace qanat::exporting::parquet
