#include "base/sha256.h"

#include "support/catch.h"

// Vectors of FIPS 180-2, appendix B.
TEST_CASE("SHA-256 gives the published digests", "[sha256]") {
  CHECK(qanat::sha256_hex("") ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(qanat::sha256_hex("abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(qanat::sha256_hex(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("bytes fed in pieces give the digest of the whole", "[sha256]") {
  qanat::Sha256 hash;

  hash.update("a").update("").update("bc");

  CHECK(hash.hex() == qanat::sha256_hex("abc"));
}

TEST_CASE("a number of a text is the beginning of its hash", "[sha256]") {
  CHECK(qanat::sha256_number("", 4) == 0xe3b0);
  CHECK(qanat::sha256_number("", 16) == 0xe3b0c44298fc1c14);
}
