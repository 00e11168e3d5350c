#include "base/sha256.h"

#include <array>
#include <charconv>
#include <stdexcept>

#include <openssl/evp.h>

namespace qanat {

struct Sha256::State {
  struct Free {
    void operator()(EVP_MD_CTX* owned) const noexcept { EVP_MD_CTX_free(owned); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

namespace {

// libcrypto fails here only without memory or without its own algorithms: nothing to recover.
void must(bool ok) {
  if (!ok) throw std::runtime_error("libcrypto cannot compute SHA-256");
}

}  // namespace

Sha256::Sha256() : state_(std::make_unique<State>()) {
  must(state_->context != nullptr &&
       EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) == 1);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(std::string_view bytes) {
  must(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
  return *this;
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  must(EVP_DigestFinal_ex(state_->context.get(), digest.data(), &size) == 1);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(std::size_t{2} * size);
  for (unsigned int i = 0; i < size; ++i) {
    out += kDigits[digest.at(i) >> 4U];
    out += kDigits[digest.at(i) & 0x0FU];
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) { return Sha256().update(bytes).hex(); }

std::uint64_t sha256_number(std::string_view bytes, std::size_t digits) {
  const std::string hex = sha256_hex(bytes).substr(0, digits);
  std::uint64_t number = 0;
  (void)std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
  return number;
}

}  // namespace qanat
