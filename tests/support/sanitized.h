#pragma once

namespace qanat::test {

/// Whether the tests run under AddressSanitizer, which makes them several times slower: what a run
/// over many inputs shows there, it shows with fewer of them. The release build takes them all.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
inline constexpr bool kSanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace qanat::test
