#include "export/stable_uuid.h"

#include "base/sha256.h"

namespace qanat::exporting {

std::string stable_uuid(std::string_view name) {
  std::string hex = sha256_hex(name).substr(0, 32);
  hex[12] = '8';  // the version
  hex[16] = 'a';  // the variant
  for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, "-");
  return "urn:uuid:" + hex;
}

}  // namespace qanat::exporting
