#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace qanat {

/// SHA-256 over bytes fed in pieces (libcrypto does the work).
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  Sha256& update(std::string_view bytes);

  /// The digest of all that was fed, as 64 lower-case hex digits. The object may not be fed again.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The first hex digits of it, 16 at most, as a number: evenly spread, and decided by `bytes`
/// alone.
[[nodiscard]] std::uint64_t sha256_number(std::string_view bytes, std::size_t digits);

}  // namespace qanat
